"""The bare job with polars. See README.md."""
import hashlib, os
import polars as pl

EXTRACT, LAST, CODES, OUTPUT, CHANGES = (os.environ[k] for k in ("EXTRACT", "LAST", "CODES", "OUTPUT", "CHANGES"))
table = pl.read_csv(CODES, infer_schema=False, empty_string_is_null=False)
codes = {f: dict(zip(*(t.get_column(c).to_list() for c in ("code", "value")))) for (f,), t in table.group_by(["field"])}


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def coded(column, field, otherwise=None):
    return pl.col(column).replace_strict(codes[field], default=otherwise, return_dtype=pl.String)


def day(column):
    return pl.col(column).str.to_date("%m/%d/%Y", strict=False)


digits = pl.col("Home_Phone").str.replace_all(r"\D", "").str.tail(10)
read = pl.scan_csv(
    # A row with too many fields is cut, one with too few is filled with nulls: the ZIP and the last column tell them.
    EXTRACT, infer_schema=False, truncate_ragged_lines=True,
)
sound = (
    read.with_columns(
        born=day("DOB"), entered=day("EntryDate"), gender=coded("Gender", "gender"), grade=coded("Grade_Level", "grade"),
        status=coded("Enroll_Status", "status"), ethnicity=coded("Ethnicity", "ethnicity"),
    )
    .filter(
        pl.all_horizontal(pl.col("born", "entered", "gender", "grade", "status", "ethnicity").is_not_null()),
        pl.all_horizontal(pl.col("Student_Number", "Last_Name", "SchoolID").fill_null("") != ""),
        pl.col("Zip").str.contains(r"^\d{5}(-\d{4})?$"),
    )
    .unique(maintain_order=True)
    .filter(pl.len().over("Student_Number") == 1)
    .filter(
        (pl.col("Enroll_Status") == "0")
        | ((pl.col("born") > pl.date(2004, 9, 1)) & (pl.col("born") <= pl.date(2021, 9, 1)))
    )
)
header = pl.read_csv(LAST, infer_schema=False, n_rows=0).columns
fields = [
    pl.col("Student_Number"), pl.col("State_StudentNumber"), pl.col("Last_Name").str.strip_chars(),
    pl.col("First_Name").str.strip_chars(), pl.col("Middle_Name").str.strip_chars(), pl.col("born").dt.to_string("%Y-%m-%d"),
    pl.col("gender"), pl.col("ethnicity"), coded("Home_Language", "language", pl.col("Home_Language")),
    pl.col("Street").str.strip_chars(), pl.col("City").str.strip_chars(), pl.col("State"), pl.col("Zip"),
    pl.when(digits.str.len_bytes() == 10)
    .then(pl.format("({}) {}-{}", digits.str.slice(0, 3), digits.str.slice(3, 3), digits.str.slice(6)))
    .otherwise(None),
    pl.col("Email").str.strip_chars().str.to_lowercase(), pl.lit("2026"), pl.col("entered").dt.to_string("%Y-%m-%d"),
    day("ExitDate").dt.to_string("%Y-%m-%d"), pl.col("SchoolID"), pl.col("grade"), pl.col("status"),
    coded("LEP", "yes_no"), coded("SpEd", "yes_no"), coded("Lunch_Status", "lunch"),
]
made = sound.select([e.fill_null("").alias(n) for e, n in zip(fields, header)]).collect()
made.with_columns(pl.all().replace("", None)).write_csv(OUTPUT, line_terminator="\r\n")
last = pl.read_csv(LAST, infer_schema=False, empty_string_is_null=False)
both = made.join(last, on=header[0], suffix=".last")
changes = [
    both.filter(pl.col(n) != pl.col(n + ".last")).select(
        student_id=pl.col(header[0]), field=pl.lit(n), before=pl.col(n + ".last"), after=pl.col(n)
    )
    for n in header[1:]
]
pl.concat(changes).write_csv(CHANGES, line_terminator="\r\n")
print(sha256(EXTRACT))
print(sha256(OUTPUT))
