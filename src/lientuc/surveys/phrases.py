from lientuc.core.phrases import Phrase

from .enums import (
    Appearance,
    BallotKind,
    Changed,
    Dropped,
    InterviewRole,
    InterviewState,
    InvitationState,
    ItemType,
    RecordLayout,
    ResponseState,
    SheetState,
    VersionState,
    WaveMode,
    WavePurpose,
    WaveState,
)
from .form_phrases import CHANGED, FORM_SENTENCES

LABELS = {
    VersionState: {
        VersionState.DRAFT: Phrase("đang soạn", "draft"),
        VersionState.PUBLISHED: Phrase("đã ban hành", "published"),
    },
    ItemType: {
        ItemType.TEXT: Phrase("chữ", "text"),
        ItemType.INTEGER: Phrase("số nguyên", "whole number"),
        ItemType.DECIMAL: Phrase("số thập phân", "decimal number"),
        ItemType.DATE: Phrase("ngày", "date"),
        ItemType.SELECT_ONE: Phrase("chọn một", "choose one"),
        ItemType.SELECT_MULTIPLE: Phrase("chọn nhiều", "choose several"),
        ItemType.NOTE: Phrase("lời dẫn", "note"),
        ItemType.CALCULATE: Phrase("tính từ câu khác", "computed"),
        ItemType.HIDDEN: Phrase("giá trị ẩn", "hidden value"),
    },
    Changed: CHANGED,
    Appearance: {
        Appearance.LIKERT: Phrase("thang đo ngang", "scale in a row"),
        Appearance.LIST_NOLABEL: Phrase("dòng của bảng, không nhãn", "row of a grid, without labels"),
    },
    WaveMode: {
        WaveMode.OPEN: Phrase("mở (một liên kết chung, không hỏi danh tính)", "open (one link, no identity asked)"),
        WaveMode.CONFIDENTIAL: Phrase("bảo mật (bí danh)", "confidential (pseudonym)"),
        WaveMode.ANONYMOUS: Phrase(
            "ẩn danh (mỗi người một phiếu kín; không ai nối được người với câu trả lời)",
            "anonymous (one ballot a person; nobody can join person and answers)",
        ),
    },
    WavePurpose: {
        WavePurpose.RESEARCH: Phrase("nghiên cứu", "research"),
        WavePurpose.MANAGEMENT: Phrase("phục vụ quản lý", "management"),
    },
    WaveState: {
        WaveState.OPEN: Phrase("đang mở", "open"),
        WaveState.CLOSED: Phrase("đã kết thúc", "closed"),
    },
    InvitationState: {
        InvitationState.INVITED: Phrase("đã lập lời mời", "invited"),
        InvitationState.DELIVERED: Phrase("đã gửi", "delivered"),
        InvitationState.OPENED: Phrase("đã mở xem", "opened"),
        InvitationState.STARTED: Phrase("đang trả lời", "started"),
        InvitationState.COMPLETED: Phrase("đã hoàn thành", "completed"),
        InvitationState.REFUSED: Phrase("từ chối", "refused"),
        InvitationState.ISSUED: Phrase("đã nhận phiếu kín", "ballot issued"),
    },
    BallotKind: {
        BallotKind.BROWSER: Phrase("phiếu kín trên máy", "ballot on a device"),
        BallotKind.CARD: Phrase("thẻ phiếu in sẵn", "printed ballot card"),
    },
    SheetState: {
        SheetState.ONCE: Phrase("đã nhập một lần", "typed once"),
        SheetState.DIFFERS: Phrase("hai lần nhập khác nhau", "two typings differ"),
        SheetState.DONE: Phrase("đã tính", "counted"),
    },
    ResponseState: {
        ResponseState.STARTED: Phrase("đang trả lời", "started"),
        ResponseState.COMPLETED: Phrase("đã hoàn thành", "completed"),
        ResponseState.WITHDRAWN: Phrase("đã rút", "withdrawn"),
    },
    RecordLayout: {
        RecordLayout.PLAIN: Phrase("tên và mã của bộ công cụ", "names and codes of the instrument"),
        RecordLayout.REDCAP: Phrase("REDCap", "REDCap"),
        RecordLayout.KOBO: Phrase("Kobo/ODK", "Kobo/ODK"),
        RecordLayout.LIMESURVEY: Phrase("LimeSurvey", "LimeSurvey"),
    },
    Dropped: {
        Dropped.EMPTY: Phrase("không có câu trả lời nào", "no answer at all"),
        Dropped.NO_CONSENT: Phrase("không đồng ý tham gia", "no consent"),
        Dropped.REPEATED: Phrase("số bản ghi lặp lại", "record number repeated"),
        Dropped.BAD_CELLS: Phrase("có ô không đọc được", "a cell that cannot be read"),
        Dropped.MARKED_INCOMPLETE: Phrase("tệp ghi là chưa hoàn thành", "marked incomplete in the file"),
        Dropped.UNANSWERED: Phrase("còn câu bỏ trống", "items left unanswered"),
    },
    InterviewRole: {
        InterviewRole.ALUMNUS: Phrase("học viên", "alumnus"),
        InterviewRole.LEADER: Phrase("lãnh đạo", "leader"),
    },
    InterviewState: {
        InterviewState.RESERVE: Phrase("dự bị", "reserve"),
        InterviewState.INVITED: Phrase("đã mời", "invited"),
        InterviewState.AGREED: Phrase("đã nhận lời", "agreed"),
        InterviewState.DONE: Phrase("đã phỏng vấn", "done"),
        InterviewState.REFUSED: Phrase("từ chối", "refused"),
    },
}

STRATA = {
    "sex": Phrase("Giới", "Sex"),
    "title": Phrase("Chức danh", "Title"),
    "specialty": Phrase("Chuyên khoa", "Specialty"),
    "province": Phrase("Tỉnh, thành phố", "Province"),
    "course": Phrase("Khóa đào tạo", "Course"),
    "year": Phrase("Năm kết thúc khóa", "Year the course ended"),
    "topic": Phrase("Chủ đề", "Topic"),
}
"""Names of strata; a stratum without a name here is shown by its code."""

SENTENCES = {
    "surveys.expression_unreadable": Phrase(
        "Không hiểu biểu thức từ vị trí {position}: “{found}”. Chỉ dùng so sánh, and, or, not(), selected(), "
        "count-selected(), if(), phép tính và ${{x}}.",
        "The expression is not understood at position {position}: “{found}”. Use comparison, and, or, not(), selected(), "
        "count-selected(), if(), arithmetic and ${{x}} only.",
    ),
    "surveys.expression_unreadable_at": Phrase(
        "Mục “{item}”: không hiểu biểu thức từ vị trí {position}: “{found}”.",
        "Item “{item}”: the expression is not understood at position {position}: “{found}”.",
    ),
    "surveys.expression_looks_ahead": Phrase(
        "Mục “{item}” hỏi về “{name}” chưa có ở phía trước. Đưa “{name}” lên trước hoặc sửa biểu thức.",
        "Item “{item}” asks about “{name}”, which does not come before it. Move “{name}” up or mend the expression.",
    ),
    "surveys.no_sections": Phrase(
        "Bộ công cụ chưa có phần nào. Thêm ít nhất một phần có câu hỏi.",
        "The instrument has no section. Add at least one section with a question.",
    ),
    "surveys.section_empty": Phrase(
        "Phần “{section}” chưa có câu hỏi. Thêm câu hỏi hoặc xóa phần này.",
        "Section “{section}” has no question. Add one or remove the section.",
    ),
    "surveys.no_choices": Phrase(
        "Câu hỏi “{item}” chưa có phương án trả lời. Chọn một danh sách phương án.",
        "Question “{item}” has no answers to choose from. Give it a list of choices.",
    ),
    "surveys.already_published": Phrase(
        "Phiên bản này đã ban hành và không đổi được nữa. Lập phiên bản mới để sửa.",
        "This version is published and cannot change. Make a new version to change it.",
    ),
    "surveys.shipped_differs": Phrase(
        "Bộ công cụ “{code}” kèm theo phần mềm khác với bản đã ban hành cùng số. Tăng số phiên bản trong tệp kèm theo.",
        "The shipped instrument “{code}” differs from the published version of the same number. Raise its number.",
    ),
    "surveys.version_not_published": Phrase(
        "Bộ công cụ chưa ban hành. Ban hành phiên bản trước khi mở đợt khảo sát.",
        "The instrument is not published. Publish the version before opening a wave.",
    ),
    "surveys.name_missing": Phrase("Nhập tên đợt khảo sát.", "Enter the name of the wave."),
    "surveys.closes_before_opens": Phrase(
        "Ngày kết thúc trước ngày bắt đầu. Chọn lại ngày kết thúc.",
        "The last day is before the first day. Choose another last day.",
    ),
    "surveys.too_few_for_anonymous": Phrase(
        "Chế độ ẩn danh cần mời ít nhất {least} người; đang mời {invited}. Với ít người hơn, câu trả lời vẫn chỉ ra người. "
        "Mời thêm hoặc chọn “bảo mật”.",
        "The anonymous mode needs at least {least} people invited; there are {invited}. Among fewer, answers point at people "
        "anyway. Invite more or choose “confidential”.",
    ),
    "surveys.not_anonymous": Phrase("Đợt này không dùng phiếu kín.", "This wave does not use ballots."),
    "surveys.needs_ballot": Phrase(
        "Đợt này trả lời bằng phiếu kín. Mở lại liên kết và nhận phiếu.",
        "This wave is answered with a ballot. Open the link again and get the ballot.",
    ),
    "surveys.ballot_already_issued": Phrase(
        "Lời mời này đã nhận phiếu; mỗi người chỉ có một phiếu. Nếu trang có phiếu còn mở, trả lời ở trang đó.",
        "This invitation has had its ballot; there is one a person. If the page with it is still open, answer there.",
    ),
    "surveys.ballot_unreadable": Phrase(
        "Phiếu gửi đến không đọc được. Mở lại liên kết.", "The ballot sent cannot be read. Open the link again."
    ),
    "surveys.ballot_forged": Phrase(
        "Phiếu này không do đợt khảo sát ký. Mở lại liên kết trong lời mời.",
        "This ballot was not signed for this survey. Open the link of the invitation again.",
    ),
    "surveys.ballot_spent": Phrase(
        "Phiếu này đã được nhận trước đó và chỉ tính một lần.", "This ballot was received before; it counts once."
    ),
    "surveys.card_unknown": Phrase(
        "Không có thẻ nào mang mã này. So lại với thẻ: mười hai chữ và số.",
        "There is no card with this code. Compare it with the card: twelve letters and digits.",
    ),
    "surveys.sheet_too_long": Phrase(
        "Các câu trả lời viết tay quá dài cho một phiếu kín. Viết ngắn lại.",
        "The written answers are too long for one ballot. Shorten them.",
    ),
    "surveys.paper_only_open": Phrase(
        "Phiếu giấy có số chỉ nhập vào đợt mở. Đợt bảo mật trả lời bằng liên kết riêng, đợt ẩn danh bằng thẻ phiếu kín.",
        "Numbered paper is typed into open waves only. Confidential waves are answered by personal link, anonymous ones by "
        "ballot card.",
    ),
    "surveys.sheet_number_out_of_bounds": Phrase(
        "Nhập số ghi trên tờ phiếu, từ 1 đến {most}.", "Enter the number on the sheet, from 1 to {most}."
    ),
    "surveys.sheet_typed_twice": Phrase(
        "Phiếu số này đã nhập đủ hai lần. Kiểm tra lại số phiếu.",
        "This sheet was typed twice already. Check its number.",
    ),
    "surveys.sheet_same_typist": Phrase(
        "Lần nhập thứ hai phải do một người khác.", "The second typing must be another person’s."
    ),
    "surveys.sheet_not_open": Phrase(
        "Phiếu này không còn chỗ khác nhau để thống nhất.", "This sheet has no difference left to settle."
    ),
    "surveys.difference_open": Phrase("Chọn một trong hai lần nhập.", "Choose one of the two typings."),
    "surveys.cards_out_of_bounds": Phrase(
        "Mỗi lần in từ 1 đến {most} thẻ.", "Print between 1 and {most} cards at a time."
    ),
    "surveys.more_cards_than_invited": Phrase(
        "Đã in {printed} thẻ cho {invited} người được mời; không in nhiều thẻ hơn số người.",
        "{printed} cards were printed for {invited} people invited; there are never more cards than people.",
    ),
    "surveys.nobody_invited": Phrase(
        "Chế độ bảo mật cần danh sách người được mời. Chọn ít nhất một người.",
        "The confidential mode needs a list of people to invite. Choose at least one person.",
    ),
    "surveys.open_takes_no_list": Phrase(
        "Chế độ mở dùng một liên kết chung, không nhận danh sách người. Bỏ chọn danh sách hoặc chọn “bảo mật”.",
        "The open mode uses one link and takes no list of people. Choose nobody, or choose “confidential”.",
    ),
    "surveys.too_many_labels": Phrase(
        "Có quá nhiều kỹ thuật để hỏi từng kỹ thuật một: nhiều nhất {most}. Bỏ bớt.",
        "There are too many techniques to ask about one by one: at most {most}. Leave some out.",
    ),
    "surveys.wave_closed": Phrase(
        "Đợt khảo sát đã kết thúc; không nhận thêm câu trả lời.",
        "The survey has ended; no more answers are taken.",
    ),
    "surveys.wave_not_open_yet": Phrase(
        "Đợt khảo sát chưa bắt đầu. Mở lại liên kết từ ngày bắt đầu.",
        "The survey has not begun. Open the link again from its first day on.",
    ),
    "surveys.already_completed": Phrase(
        "Phiếu này đã gửi xong và không sửa được nữa.",
        "These answers were sent and cannot be changed.",
    ),
    "surveys.already_withdrawn": Phrase(
        "Phiếu này đã được rút theo ý người trả lời.",
        "These answers were withdrawn at the respondent’s wish.",
    ),
    "surveys.too_few_to_export": Phrase(
        "Mới có {completed} phiếu hoàn thành. Chỉ xuất từng phiếu khi có từ {least} phiếu để không nhận ra người trả lời.",
        "There are {completed} completed responses. They can be exported from {least} on, so that nobody is recognised.",
    ),
    "surveys.required": Phrase(
        "Câu này bắt buộc. Chọn hoặc nhập câu trả lời.", "This question is required. Please answer it."
    ),
    "surveys.unknown_choice": Phrase(
        "Câu trả lời không có trong danh sách. Chọn lại.", "The answer is not in the list. Choose again."
    ),
    "surveys.not_an_integer": Phrase("Nhập một số nguyên, ví dụ 12.", "Enter a whole number, for example 12."),
    "surveys.not_a_number": Phrase("Nhập một số, ví dụ 12,5.", "Enter a number, for example 12.5."),
    "surveys.not_a_date": Phrase(
        "Nhập ngày dạng ngày/tháng/năm, ví dụ 15/07/2026.", "Enter a date as day/month/year, for example 15/07/2026."
    ),
    "surveys.too_long": Phrase(
        "Câu trả lời dài quá {longest} ký tự. Viết ngắn lại.",
        "The answer is longer than {longest} characters. Shorten it.",
    ),
    "surveys.out_of_bounds": Phrase("Nhập số từ {low} đến {high}.", "Enter a number from {low} to {high}."),
    "surveys.too_low": Phrase("Nhập số từ {low} trở lên.", "Enter a number of {low} or more."),
    "surveys.too_high": Phrase("Nhập số không quá {high}.", "Enter a number of {high} or less."),
    "surveys.not_allowed_value": Phrase(
        "Giá trị này không phù hợp với các câu trả lời khác. Kiểm tra lại.",
        "This value does not fit the other answers. Check it.",
    ),
    "surveys.not_a_tick": Phrase(
        "Cột của một lựa chọn chỉ nhận 1 hoặc 0 (có, không).", "A column of one choice takes 1 or 0 (yes, no) only."
    ),
    "surveys.map_column_missing": Phrase(
        "Bảng mã thiếu cột {column}. Các cột cần có: {known}.", "The map of codes lacks {column}. It needs: {known}."
    ),
    "surveys.map_line_unreadable": Phrase(
        "Bảng mã, dòng {line}: thiếu câu hỏi hoặc mã.", "Map of codes, line {line}: the item or the code is missing."
    ),
    "surveys.map_item_unknown": Phrase(
        "Bảng mã nêu “{item}”, bộ công cụ không có câu hỏi hay danh sách này.",
        "The map of codes names “{item}”, which is neither an item nor a list of the instrument.",
    ),
    "surveys.map_code_unknown": Phrase(
        "Bảng mã: {item} = {value} được gán “{code}”, danh sách không có mã này.",
        "Map of codes: {item} = {value} is given “{code}”, which is not in its list.",
    ),
    "surveys.no_column_known": Phrase(
        "Không cột nào của tệp mang tên câu hỏi của bộ công cụ {instrument}. Kiểm tra bộ công cụ, hoặc nêu tên cột trong bảng mã.",
        "No column of the file bears the name of an item of {instrument}. Check the instrument, or name columns in the map of codes.",
    ),
    "surveys.records_bad_cells": Phrase(
        "{count} ô không đọc được (liệt kê ở trên). Sửa tệp, hoặc dùng --good-rows để loại các bản ghi đó.",
        "{count} cells cannot be read (listed above). Mend the file, or leave those records out by --good-rows.",
    ),
    "surveys.interviews_bad_cells": Phrase(
        "{count} ô của tệp phỏng vấn không đọc được (liệt kê ở trên). Sửa tệp.",
        "{count} cells of the interview file cannot be read (listed above). Mend the file.",
    ),
    "surveys.codes_not_confirmed": Phrase(
        "{count} mã mới chỉ là đề nghị. Xem lại rồi chạy với --accept-codes, hoặc nêu mã bằng --codes MAP.csv.",
        "{count} codes are only proposed. Look at them and run with --accept-codes, or give them by --codes MAP.csv.",
    ),
    "surveys.columns_clash": Phrase(
        "Nhiều cột chứa cùng một câu hỏi: {columns}. Bỏ cột thừa.",
        "Several columns hold the same item: {columns}. Remove what is too many.",
    ),
    "surveys.no_records_kept": Phrase(
        "Đọc {read} bản ghi, không giữ được bản ghi nào.", "{read} records were read and none can be kept."
    ),
    "surveys.invited_below_read": Phrase(
        "Số người được mời ({invited}) ít hơn số bản ghi ({read}).",
        "The number invited ({invited}) is below the number of records ({read}).",
    ),
    "surveys.wave_not_imported": Phrase(
        "Đợt “{name}” được hỏi ngay tại đây và có câu trả lời riêng. Chọn tên khác.",
        "The wave “{name}” was asked here and has answers of its own. Choose another name.",
    ),
    "surveys.instrument_unknown": Phrase(
        "Không có bộ công cụ “{name}”. Các bộ công cụ: {known}.", "There is no instrument “{name}”. There are: {known}."
    ),
    **FORM_SENTENCES,
    "surveys.interview_role_missing": Phrase(
        "Tệp phỏng vấn cần cột role (alumnus, leader) hoặc leader_role.",
        "The interview file needs a column role (alumnus, leader) or leader_role.",
    ),
    "surveys.interview_role_unknown": Phrase(
        "Vai trò không rõ. Ghi alumnus (học viên) hoặc leader (lãnh đạo).",
        "The role is not known. Write alumnus or leader.",
    ),
}
