"""Rules for a lesson's questions: explained, fairly laid out, and each in one place."""

from collections import Counter

from pages import Course, Page, calls

OWN_IN_SELF_CHECK = 3
WITH_OPTIONS = ("single", "multiple", "bet")
GUESSABLE = 0.6
MANY = 5


def self_check_has_three_of_its_own(page: Page, course: Course) -> list[str]:
    """From lesson 01 on, three of its questions stand in its self-check; two of earlier lessons come to them."""
    own = sum(question.get("check", False) and "asked_in" not in question for question in page.questions.values())
    if page.id == "00" or own == OWN_IN_SELF_CHECK:
        return []
    return [f"The self-check has {own} questions of this lesson, not {OWN_IN_SELF_CHECK}."]


def options_explained(page: Page, course: Course) -> list[str]:
    """Every option of a question with a right answer is explained; an opinion needs no explanation."""
    return [
        f"Option {option['id']} of {id_} has no explanation."
        for id_, question in page.questions.items()
        if question.get("kind") in WITH_OPTIONS and _has_right_answer(question)
        for option in question["options"]
        if not option.get("explanation", "").strip()
    ]


def _has_right_answer(question: dict) -> bool:
    return any("correct" in option for option in question.get("options", []))


def _guesses(page: Page) -> list[tuple[bool, bool]]:
    """Tell for each question with one right option whether that is the first, and whether it is the longest."""
    guesses = []
    for question in page.questions.values():
        right = [option for option in question.get("options", []) if option.get("correct") is True]
        if question.get("kind") in ("single", "bet") and len(right) == 1:
            lengths = sorted((len(option["text"]) for option in question["options"]), reverse=True)
            alone_longest = len(right[0]["text"]) == lengths[0] > lengths[1]
            guesses.append((right[0] is question["options"][0], alone_longest))
    return guesses


def not_guessable(page: Page, course: Course) -> list[str]:
    """Over a lesson with enough questions, always choosing the first or the longest option is no winning strategy."""
    guesses = _guesses(page)
    findings = []
    for name, hits in (("first", [first for first, _ in guesses]), ("longest", [longest for _, longest in guesses])):
        if len(hits) >= MANY and sum(hits) > GUESSABLE * len(hits):
            findings.append(f"The right option is the {name} one in {sum(hits)} of {len(hits)} questions.")
    return findings


def each_question_in_one_place(page: Page, course: Course) -> list[str]:
    """Each question is asked by one cell, the self-check, an explorable or a later page: not by none, not by two."""
    asked: Counter[str] = Counter()
    for _, module, function, arguments in calls(page):
        if module != "widgets" or function == "answered":
            continue
        if function == "self_check":
            asked.update(id_ for id_, question in page.questions.items() if question.get("check"))
            asked.subtract(id_ for id_, question in page.questions.items() if "asked_in" in question)
        elif function == "krachtlijnenscan":
            asked[f"{page.id}.scan"] += 1
        else:
            asked[arguments.strip("\"'")] += 1
    asked.update(id_ for id_ in page.questions if id_ in course.questions_of_explorables)
    asked.update(id_ for id_, question in page.questions.items() if "asked_in" in question)
    return [f"The question {id_} is asked in {asked[id_]} places." for id_ in page.questions if asked[id_] != 1]


def solvable(page: Page, course: Course) -> list[str]:
    """Answers and solutions name ids that exist, each once; a number or slider answer lies within its range."""
    findings = []
    for id_, question in page.questions.items():
        ids = [part["id"] for part in question.get("options", question.get("items", []))]
        if len(set(ids)) != len(ids):
            findings.append(f"{id_} gives one id to two options or items.")
        if "solution" in question and sorted(question["solution"]) != sorted(ids):
            findings.append(f"The solution of {id_} is not an order of its items.")
        categories = {category["id"] for category in question.get("categories", [])}
        findings += [
            f"Item {item['id']} of {id_} has the answer {item['answer']}, which is no category."
            for item in question.get("items", [])
            if "answer" in item and item["answer"] not in categories
        ]
        if "answer" in question and not question["min"] <= question["answer"] <= question["max"]:
            findings.append(f"The answer of {id_} lies outside its range.")
        if question.get("kind") == "duel" and not {question["left"], question["right"]} <= course.arguments:
            findings.append(f"The duel {id_} names an argument that does not exist.")
        if question.get("kind") in ("single", "bet") and _has_right_answer(question):
            right = sum(option.get("correct") is True for option in question["options"])
            if right != 1:
                findings.append(f"{id_} has {right} right options, not one.")
    return findings


def no_answers_given(page: Page, course: Course) -> list[str]:
    """The questions of an assignment hold no answers: students get these files."""
    giveaways = ("answer", "solution", "correct", "explanation", "tolerance", "difference")
    return [
        f"The question {id_} gives away its {key}."
        for id_, question in page.questions.items()
        for part in [question, *question.get("options", []), *question.get("items", [])]
        for key in giveaways
        if key in part
    ]


RULES = [self_check_has_three_of_its_own, options_explained, not_guessable, each_question_in_one_place, solvable]
