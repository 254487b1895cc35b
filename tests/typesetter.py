"""Sets paragraphs and footnotes as a printed book is dumped: lines, pages, notes at the foot of each page.

    Book().chapter("第壹章 甲").paragraph([("上文。", "某書，頁 1。"), ("下文。", "")]).text

So a test knows what `read_document` must find. The way of the dump: each
printed line is followed by an empty line; a paragraph's last line has a space
at its end; a page opens with one space and without an empty line before it;
the notes of a page stand below a line of spaces.
"""

from dataclasses import dataclass, field

WIDTH = 35
LINES_OF_A_PAGE = 12
RULE = " " * 53
WATERMARK = "‧\n國\n\n立\n某 地\n\n大\n\n學\n‧\n\nU\na\n\nb c\n\n"


@dataclass
class Book:
    """`text` is what has been set; `paragraphs` and `notes` are what must be read from it."""

    watermark_on: int = 0  # the page that carries a watermark and its printed number
    paragraphs: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    _pages: list[str] = field(default_factory=list)
    _page: list[str] = field(default_factory=list)
    _foot: list[str] = field(default_factory=list)
    _chapter: int = 0
    _note: int = 0

    def chapter(self, heading: str) -> "Book":
        if self._page:
            self._end_page()
        self._chapter += 1
        self._note = 0
        return self.heading(heading)

    def heading(self, heading: str) -> "Book":
        self._line(heading + " ")
        return self

    def paragraph(self, parts: list[tuple[str, str]]) -> "Book":
        """Parts are (text, note); an empty note means no mark after the text."""
        self.paragraphs.append("".join(text for text, _ in parts))
        line, width = "", 2
        for text, note in parts:
            for character in text:
                if width == WIDTH:
                    self._line(line)
                    line, width = "", 0
                line, width = line + character, width + 1
            if note:
                self._note += 1
                self.notes[f"{self._chapter}:{self._note}"] = note
                line += str(self._note)
                self._foot.append(f"{self._note}\n {note} \n\n" if len(note) % 2 else f"{self._note} {note} \n\n")
        # A mark at the very end takes the space after it to a line of its own.
        self._line(line + "\n " if parts[-1][1] else line + " ")
        return self

    @property
    def text(self) -> str:
        self._end_page()
        return "".join(self._pages)

    def _line(self, line: str) -> None:
        self._page.append(line)
        if len(self._page) >= LINES_OF_A_PAGE:
            self._end_page()

    def _end_page(self) -> None:
        if not self._page:
            return
        number = len(self._pages) + 1
        opening = (
            f"\n\n{WATERMARK} \n\n{number} \n \n\n" if number == self.watermark_on else (" " if self._pages else "")
        )
        page = opening + "\n\n".join(self._page) + "\n\n"
        if self._foot:
            page += RULE + "\n" + "".join(self._foot)
        self._pages.append(page.removesuffix("\n"))
        self._page, self._foot = [], []
