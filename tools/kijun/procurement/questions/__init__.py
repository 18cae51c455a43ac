"""Questions and answers of a tender (質問回答): what each is about, and what has to be looked at after an answer."""
