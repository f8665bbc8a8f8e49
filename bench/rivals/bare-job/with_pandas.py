"""The bare job with pandas. See README.md."""
import csv, hashlib, os
import pandas as pd

EXTRACT, LAST, CODES, OUTPUT, CHANGES = (os.environ[k] for k in ("EXTRACT", "LAST", "CODES", "OUTPUT", "CHANGES"))
table = pd.read_csv(CODES, dtype=str, keep_default_na=False)
codes = {field: dict(zip(t["code"], t["value"])) for field, t in table.groupby("field")}


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False, on_bad_lines="skip", encoding="utf-8")


def day(column):
    return pd.to_datetime(column, format="%m/%d/%Y", errors="coerce")


r = read(EXTRACT)
# Rows with too many fields are skipped by the reader, those with too few have no last column.
r = r[r["Zip"].notna() & (r["Zip"] != "")].fillna("")
born, entered = day(r["DOB"]), day(r["EntryDate"])
sound = born.notna() & entered.notna() & (r["Student_Number"] != "") & (r["Last_Name"] != "") & (r["SchoolID"] != "")
for column, field in (("Enroll_Status", "status"), ("Gender", "gender"), ("Grade_Level", "grade"), ("Ethnicity", "ethnicity")):
    sound &= r[column].isin(codes[field])
r = r.assign(born=born, entered=entered)[sound]
r = r[~r.duplicated()]
r = r[~r["Student_Number"].duplicated(keep=False)]
r = r[(r["Enroll_Status"] == "0") | ((r["born"] > "2004-09-01") & (r["born"] <= "2021-09-01"))]
last = read(LAST)
digits = r["Home_Phone"].str.replace(r"\D", "", regex=True).str[-10:]
phone = ("(" + digits.str[:3] + ") " + digits.str[3:6] + "-" + digits.str[6:]).where(digits.str.len() == 10, "")
fields = [
    r["Student_Number"], r["State_StudentNumber"], r["Last_Name"].str.strip(), r["First_Name"].str.strip(),
    r["Middle_Name"].str.strip(), r["born"].dt.strftime("%Y-%m-%d"), r["Gender"].map(codes["gender"]),
    r["Ethnicity"].map(codes["ethnicity"]), r["Home_Language"].map(codes["language"]).fillna(r["Home_Language"]),
    r["Street"].str.strip(), r["City"].str.strip(), r["State"], r["Zip"], phone, r["Email"].str.strip().str.lower(), "2026",
    r["entered"].dt.strftime("%Y-%m-%d"), day(r["ExitDate"]).dt.strftime("%Y-%m-%d").fillna(""), r["SchoolID"],
    r["Grade_Level"].map(codes["grade"]), r["Enroll_Status"].map(codes["status"]), r["LEP"].map(codes["yes_no"]).fillna(""),
    r["SpEd"].map(codes["yes_no"]).fillna(""), r["Lunch_Status"].map(codes["lunch"]).fillna(""),
]
made = pd.DataFrame(dict(zip(last.columns, fields)), index=r.index)
made.to_csv(OUTPUT, index=False, lineterminator="\r\n")
key = last.columns[0]
both = made.merge(last, on=key, suffixes=("", ".last"))
with open(CHANGES, "w", newline="", encoding="utf-8") as f:
    note = csv.writer(f)
    note.writerow(["student_id", "field", "before", "after"])
    for name in last.columns[1:]:
        changed = both[both[name] != both[name + ".last"]]
        note.writerows(zip(changed[key], [name] * len(changed), changed[name + ".last"], changed[name]))
print(sha256(EXTRACT))
print(sha256(OUTPUT))
