"""Records of an existing study read into a closed wave: REDCap, Kobo, LimeSurvey, or plain names and codes."""
