"""How much one document may be, and what reading it may cost. Far above any article; far below what would hurt."""

FILE_BYTES = 20 * 1024 * 1024  # what the database keeps of one file; a long illustrated report has some 10 MB
TEXT_CHARACTERS = 2_000_000  # four long novels
PDF_PAGES = 2_000
MEMBERS = 1_000  # files within a .docx; Word writes some fifteen, and one for each picture
UNPACKED_BYTES = 100_000_000  # of all that is within a .docx: five times the largest file
PART_BYTES = 20_000_000  # of the part with the words in it: as a tree it takes some ten times as much memory
TAGS = 300_000  # in a page of HTML; a page of 5 MB has some 100,000
STREAM_BYTES = 20_000_000  # of one stream within a PDF; the words of a page have some 10 kB
TITLE_CHARACTERS = 300
OUTLET_CHARACTERS = 120
ADDRESS_CHARACTERS = 2_000
LANGUAGE_CHARACTERS = 12

CPU_SECONDS = 8
WALL_SECONDS = 9.5  # with starting and killing the child, ten
MEMORY_BYTES = 800_000_000  # of addresses, not all in use; the largest page and PDF that were tried took 300 MB
ANSWER_BYTES = 4 * TEXT_CHARACTERS + 100_000  # the longest text in UTF-8, and what is told beside it
OPEN_FILES = 64

READERS = 2  # children at once in one process of the server
PATIENCE_SECONDS = 5  # how long a document waits for its turn
