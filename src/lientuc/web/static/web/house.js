/* What pages may do with a script: nothing here is needed to read, fill in or send a page. */
(function () {
  "use strict";

  var root = document.documentElement;
  root.classList.add("js");

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function word(name) {
    return document.body.dataset["say" + name] || "";
  }

  function announce(text) {
    var place = document.getElementById("house-live");
    if (place) place.textContent = text;
  }

  /* --- htmx: no evaluation, no copies of pages in the browser, one-time token on every write ---------------------- */

  function setUpHtmx() {
    if (!window.htmx) return;
    Object.assign(window.htmx.config, {
      allowEval: false,
      allowScriptTags: false,
      historyCacheSize: 0,
      historyEnabled: true,
      includeIndicatorStyles: false,
      refreshOnHistoryMiss: true,
      selfRequestsOnly: true,
      timeout: 60000,
      responseHandling: [
        { code: "204", swap: false },
        { code: "[23]..", swap: true },
        { code: "422", swap: true },
        { code: "[45]..", swap: false, error: true },
      ],
    });
  }

  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf || "";
  });
  document.addEventListener("htmx:beforeRequest", function () { announce(""); });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () { announce(word("Failed")); });
  });
  document.addEventListener("htmx:load", function (event) { drawCharts(event.target); });

  /* --- a question before a grave step: `data-confirm="…"` on a form, a button or a link --------------------------- */

  function button(text, look, done) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn " + look;
    made.textContent = text;
    made.addEventListener("click", done);
    return made;
  }

  function ask(question, goOn) {
    if (typeof HTMLDialogElement !== "function") {
      if (window.confirm(question)) goOn();
      return;
    }
    var dialog = document.createElement("dialog");
    var text = document.createElement("p");
    var actions = document.createElement("div");
    text.textContent = question;
    text.id = "house-question";
    actions.className = "form-actions";
    actions.append(
      button(word("Yes"), "btn-primary", function () { dialog.close(); goOn(); }),
      button(word("No"), "", function () { dialog.close(); })
    );
    dialog.className = "house-dialog";
    dialog.setAttribute("aria-labelledby", text.id);
    dialog.append(text, actions);
    dialog.addEventListener("close", function () { dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var sender = event.submitter;
    var asking = sender && sender.dataset.confirm ? sender : form;
    if (asking.dataset.confirm && asking.dataset.confirmed !== "1") {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asking.dataset.confirm, function () {
        asking.dataset.confirmed = "1";
        if (form.requestSubmit) form.requestSubmit(sender || undefined); else form.submit();
      });
      return;
    }
    delete asking.dataset.confirmed;
    if (form.dataset.sent === "1") { event.preventDefault(); return; }
    if (form.method !== "post" || form.hasAttribute("hx-post") || form.dataset.again !== undefined) return;
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    /* After the browser has read the pressed button's name and value, or they would be lost. */
    window.setTimeout(function () {
      all("button[type=submit], input[type=submit]", form).forEach(function (one) { one.disabled = true; });
    }, 0);
  }, true);

  /* Coming back by the browser's arrow finds the form usable again. */
  window.addEventListener("pageshow", function () {
    all("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      all("button[type=submit], input[type=submit]", form).forEach(function (one) { one.disabled = false; });
    });
  });

  /* --- buttons: copy, print, close; menus made of <details> -------------------------------------------------------- */

  function copied(from) {
    var before = from.dataset.before || from.innerHTML;
    from.dataset.before = before;
    from.textContent = word("Copied");
    announceQuietly(word("Copied"));
    window.setTimeout(function () { from.innerHTML = before; }, 2000);
  }

  function announceQuietly(text) {
    var place = document.getElementById("house-said");
    if (place) place.textContent = text;
  }

  function copy(from) {
    var source = from.dataset.copy.charAt(0) === "#" ? document.querySelector(from.dataset.copy) : null;
    var text = source ? (source.value !== undefined ? source.value : source.textContent.trim()) : from.dataset.copy;
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { copied(from); });
      return;
    }
    var field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    if (document.execCommand("copy")) copied(from);
    field.remove();
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    if (!target) return;
    all("details.house-menu[open]").forEach(function (menu) {
      if (!menu.contains(target)) menu.open = false;
    });
    var link = target.closest("a[data-confirm]");
    if (link) {
      event.preventDefault();
      ask(link.dataset.confirm, function () { window.location.assign(link.href); });
    }
    var copier = target.closest("[data-copy]");
    if (copier) copy(copier);
    if (target.closest("[data-print]")) window.print();
    var toggle = target.closest("[data-menu-toggle]");
    if (toggle) {
      event.preventDefault();
      var menu = document.querySelector(toggle.getAttribute("href"));
      toggle.setAttribute("aria-expanded", String(menu.classList.toggle("show")));
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    all("details.house-menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* `data-submit-on-change`: a choice that sends its form at once (the form keeps its button for everybody else). */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && event.target.closest("[data-submit-on-change]") && form.requestSubmit) form.requestSubmit();
  });

  /* --- charts: `data-chart` holds the options as JSON; ECharts is fetched only where a chart stands ----------------- */

  var COLOURS = ["#0b5f7a", "#d98324", "#4c8c4a", "#7a5aa6", "#b3453c", "#5b7686", "#a68a2d", "#2c9ab7"];

  function numbers(value) {
    if (value === null || value === undefined || value === "-") return "–";
    return typeof value === "number" ? value.toLocaleString(root.lang === "en" ? "en-GB" : "vi-VN") : String(value);
  }

  function dressed(options) {
    var font = window.getComputedStyle(document.body).fontFamily;
    var base = { color: COLOURS, animation: false, textStyle: { fontFamily: font, color: "#1c2b33" }, aria: { enabled: true } };
    var whole = Object.assign(base, options);
    whole.tooltip = Object.assign({ trigger: "axis", valueFormatter: numbers, confine: true }, options.tooltip, { renderMode: "richText" });
    if (options.legend) whole.legend = Object.assign({ top: 0, left: 0, itemGap: 16 }, options.legend);
    if (options.xAxis && !options.grid) whole.grid = { left: 8, right: 16, top: 36, bottom: 8, containLabel: true };
    ["xAxis", "yAxis"].forEach(function (name) {
      if (!whole[name]) return;
      [].concat(whole[name]).forEach(function (axis) {
        if (axis.type === "value") axis.axisLabel = Object.assign({ formatter: numbers }, axis.axisLabel);
      });
    });
    return whole;
  }

  function drawOne(place) {
    if (place.dataset.drawn === "1") return;
    place.dataset.drawn = "1";
    var chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(dressed(JSON.parse(place.dataset.chart)));
    window.addEventListener("resize", function () { chart.resize(); });
    window.addEventListener("beforeprint", function () { chart.resize(); });
  }

  function drawCharts(within) {
    var places = all("[data-chart]:not([data-drawn])", within);
    if (!places.length) return;
    if (window.echarts) { places.forEach(drawOne); return; }
    var script = document.getElementById("house-echarts") || document.createElement("script");
    script.addEventListener("load", function () { places.forEach(drawOne); });
    if (script.id) return;
    script.id = "house-echarts";
    script.src = document.body.dataset.echarts;
    document.head.append(script);
  }

  /* --- arriving: charts, and the error summary first for readers ---------------------------------------------------- */

  function begin() {
    drawCharts(document);
    var summary = document.querySelector("[data-focus-first]");
    if (summary) summary.focus();
  }

  setUpHtmx();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
})();
