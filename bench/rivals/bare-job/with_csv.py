"""The bare job with the csv module of Python's own library. See README.md."""
import csv, hashlib, os, re
from datetime import date

EXTRACT, LAST, CODES, OUTPUT, CHANGES = (os.environ[k] for k in ("EXTRACT", "LAST", "CODES", "OUTPUT", "CHANGES"))
NOT_DIGITS = re.compile(r"\D")
codes = {}
with open(CODES, newline="", encoding="utf-8") as f:
    for field, code, value in list(csv.reader(f))[1:]:
        codes.setdefault(field, {})[code] = value
known_days = {}


def day(text):
    """yyyy-MM-dd, or None where no calendar has it."""
    found = known_days.get(text, 0)
    if found == 0:
        try:
            month, day_, year = text.split("/")
            found = date(int(year), int(month), int(day_)).isoformat() if len(year) == 4 else None
        except ValueError:
            found = None
        known_days[text] = found
    return found


def phone(text):
    digits = NOT_DIGITS.sub("", text)[-10:]
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else ""


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


rows, doubled = {}, set()
with open(EXTRACT, newline="", encoding="utf-8") as f:
    reader = csv.reader(f)
    next(reader)
    for row in reader:
        if len(row) != 24 or not row[0] or not row[2] or not row[8]:
            continue
        if row[9] not in codes["status"] or row[6] not in codes["gender"]:
            continue
        if row[7] not in codes["grade"] or row[12] not in codes["ethnicity"]:
            continue
        if day(row[5]) is None or day(row[10]) is None:
            continue
        before = rows.setdefault(row[0], row)
        if before is not row and before != row:
            doubled.add(row[0])
with open(LAST, newline="", encoding="utf-8") as f:
    reader = csv.reader(f)
    header = next(reader)
    last = {row[0]: row for row in reader}
with open(OUTPUT, "w", newline="", encoding="utf-8") as out, open(CHANGES, "w", newline="", encoding="utf-8") as chg:
    write, note = csv.writer(out), csv.writer(chg)
    write.writerow(header)
    note.writerow(["student_id", "field", "before", "after"])
    for r in rows.values():
        if r[0] in doubled:
            continue
        born = day(r[5])
        if r[9] != "0" and not "2004-09-01" < born <= "2021-09-01":
            continue
        made = [
            r[0], r[1], r[2].strip(), r[3].strip(), r[4].strip(), born, codes["gender"][r[6]], codes["ethnicity"][r[12]],
            codes["language"].get(r[13], r[13]), r[17].strip(), r[18].strip(), r[19], r[20], phone(r[21]),
            r[22].strip().lower(), "2026", day(r[10]), day(r[11]) or "", r[8], codes["grade"][r[7]], codes["status"][r[9]],
            codes["yes_no"].get(r[14], ""), codes["yes_no"].get(r[15], ""), codes["lunch"].get(r[16], ""),
        ]
        write.writerow(made)
        old = last.get(r[0])
        if old is not None and old != made:
            for name, a, b in zip(header, old, made):
                if a != b:
                    note.writerow([r[0], name, a, b])
print(sha256(EXTRACT))
print(sha256(OUTPUT))
