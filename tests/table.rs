//! Sweeps over tables: record batches against the exact path, files against grids, faults with their places.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use arrow::array::{Array, ArrayRef, Float64Array, Int64Array, StringArray};
use arrow::record_batch::RecordBatch;
use boundproof::Specification;
use boundproof::regime::batch::records::{Evaluator, Survey};
use boundproof::regime::point::enclose::enclosure;
use boundproof::regime::point::region::{Precisions, Region};
use boundproof::regime::{Model, Value};
use boundproof_checker::exact::{Dyadic, Rational};
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;
use support::{Ran, boundproof};

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";
const FIXED: [&str; 6] = ["--at", "k=1", "c=1", "W=10", "J=10", "delta=0.01"];
const SMALL: &str = "theorem t {
    let x : real > 0   let y : real in [-2, 2]   let n : nat >= 1
    define a := sqrt(x) + log(x)*exp(-x/(1 + y^2))
    define b := (60*x)^2/n - y
    assume first: x >= y
    claim c: x > 0
  }";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sweep(table: &Path, options: &[&str]) -> Ran {
    let table = table.to_str().unwrap();
    boundproof(root(), &[&["sweep", LAW, "--theorem", "theorem_3", "--table", table], &FIXED[..], options].concat())
}

/// A file with that text.
fn file(directory: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = directory.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// A table of as many rows as parts can be made of.
fn long_table() -> String {
    let mut text = "n,eps,d,p\n".to_owned();
    for row in 0u64..150_000 {
        // what needs the parser is rare, since it is slow
        let eps = match row % 64 {
            0 => "1/3",
            1 => "[0.1, 0.2]",
            _ => ["0.1", "0.25"][usize::try_from(row % 2).unwrap()],
        };
        text += &format!("{},\"{eps}\",{},{}e3\n", 10_000 + 7 * row, 784 + row % 3, 1 + row % 11);
    }
    text
}

/// Threads, shards and interruptions leave no trace; what was computed earlier is taken up.
#[test]
fn files_of_tables_do_not_depend_on_threads_or_shards() {
    let directory = tempfile::tempdir().unwrap();
    let table = file(directory.path(), "regimes.csv", &long_table());
    for kind in ["csv", "parquet"] {
        let written = |name: &str, options: &[&str]| {
            let path = directory.path().join(format!("{name}.{kind}"));
            let ran = sweep(&table, &[&["--out", path.to_str().unwrap()], options].concat());
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            path
        };
        let whole = std::fs::read(written("whole", &["--jobs", "2"])).unwrap();
        assert!(std::fs::read(written("one", &["--jobs", "1"])).unwrap() == whole, "{kind}: threads");
        let shards = ["1/2", "2/2"].map(|shard| written(&format!("shard{}", &shard[..1]), &["--shard", shard]));
        let merged = directory.path().join(format!("merged.{kind}"));
        let paths = [&merged, &shards[0], &shards[1]].map(|path| path.to_str().unwrap());
        let ran = boundproof(root(), &["merge", "--out", paths[0], paths[1], paths[2]]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(std::fs::read(&merged).unwrap() == whole, "{kind}: shards");
    }
}

/// The same regimes as a grid and as a table give the same flags and enclosures that meet.
#[test]
fn a_table_says_what_a_grid_says() {
    let directory = tempfile::tempdir().unwrap();
    let plan = "[axes]\nd = [784, 3072]\neps = [0.1, \"1/3\"]\nn = [1e6, 1e8, 1e10]\n[fixed]\np = 1e6\nk = 1\nc = 1\nW = 10\nJ = 10\ndelta = 0.01\n";
    let plan = file(directory.path(), "plan.toml", plan);
    let mut text = "eps,n,d,p\n".to_owned();
    for d in ["784", "3072"] {
        for eps in ["0.1", "1/3"] {
            for n in ["1e6", "100000000", "10^10"] {
                text += &format!("{eps},{n},{d},1e6\n");
            }
        }
    }
    let table = file(directory.path(), "regimes.csv", &text);
    let out = directory.path().join("out.csv");
    let path = out.to_str().unwrap();
    let ran =
        boundproof(root(), &["sweep", LAW, "--theorem", "theorem_3", "--plan", plan.to_str().unwrap(), "--out", path]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines = |skip: usize| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(&out).unwrap();
        text.lines().map(|line| line.split(',').skip(skip).map(str::to_owned).collect()).collect()
    };
    let grid = lines(3);
    assert_eq!(sweep(&table, &["--out", path]).code, Some(0));
    let rows = lines(4);
    assert_eq!((grid.len(), rows.len()), (13, 13));
    for (a, b) in grid.iter().zip(&rows) {
        for (x, y) in a.iter().zip(b) {
            match (x.parse::<f64>(), y.parse::<f64>()) {
                (Ok(x), Ok(y)) => assert!((x - y).abs() <= 1e-14 * x.abs(), "{a:?} {b:?}"),
                _ => assert_eq!(x, y),
            }
        }
    }
}

/// What was written is read as a table again, from Parquet too.
#[test]
fn parquet_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let table = "n,eps,d,p\n1000000,0.25,784,1000000\n100000000,0.5,784,1000000\n";
    let table = file(directory.path(), "regimes.csv", table);
    let out = directory.path().join("out.parquet");
    assert_eq!(sweep(&table, &["--out", out.to_str().unwrap()]).code, Some(0));
    let ran = sweep(&out, &[]);
    // the columns of results are no parameters
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("has no parameter `applies`"), "{}", ran.err);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("n", Arc::new(Int64Array::from(vec![1_000_000, 100_000_000]))),
        ("eps_lower", Arc::new(Float64Array::from(vec![0.25, 0.5]))),
        ("eps_upper", Arc::new(Float64Array::from(vec![0.25, 0.625]))),
        ("d", Arc::new(StringArray::from(vec!["784", "28*28"]))),
        ("p", Arc::new(Float64Array::from(vec![1e6, 1e6]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let path = directory.path().join("regimes.parquet");
    let created = std::fs::File::create(&path).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(created, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let out = directory.path().join("out.csv");
    let ran = sweep(&path, &["--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let text = std::fs::read_to_string(out).unwrap();
    assert!(text.starts_with("n,eps_lower,eps_upper,d,p,applies,"), "{text}");
    assert!(text.lines().nth(2).unwrap().starts_with("100000000,0.5,0.625,28*28,1000000.0,met,"), "{text}");
}

#[test]
fn faults_have_their_places() {
    let directory = tempfile::tempdir().unwrap();
    let cases = [
        ("n,d,eps,p\n1e8,784,0.1,1e6\n\n1e8,784,zz,1e6\n", "row 2 (line 4), column eps: `zz` is no number"),
        ("n,d,eps,p\n1e8,784,0.1,1e6\n1e8,784,,1e6\n", "row 2 (line 3), column eps: a value is missing"),
        (
            "n,d,eps,p\n1e8,784,0.1,1e6\n1e8,784,1.5,1e6\n",
            "row 2 (line 3), column eps: eps = 3/2: the theorem is stated for",
        ),
        ("n,d,eps,p\n1e8,784,0.1,1e6\n1e8,784,0.2,2.5\n", "row 2 (line 3), column p: p = 5/2 is no natural number"),
        ("n,d,eps,p\n1e8,784,\"[0.2, 0.1]\",1e6\n", "row 1 (line 2), column eps: the interval is empty"),
        ("n,d,eps,p\n1e8,784,0.1\n", "the row at line 2 has 3 cells, and the header has 4"),
        ("n,d,eps,p\n1e8,784,[0.1, 0.2],1e6\n", "an interval is quoted"),
        ("n,d,ips,p\n1e8,784,0.1,1e6\n", "did you mean `eps`?"),
        ("n,d,eps,eps,p\n1e8,784,0.1,0.1,1e6\n", "`eps` is given twice"),
        ("n,d,eps_lower,p\n1e8,784,0.1,1e6\n", "`eps_lower` and `eps_upper` are needed together"),
        ("n,d,eps\n1e8,784,0.1\n", "no value is given for p"),
        ("n,d,eps,p\n", "there is no row"),
        ("", "it is empty"),
    ];
    for (text, wanted) in cases {
        let ran = sweep(&file(directory.path(), "regimes.csv", text), &[]);
        assert_eq!(ran.code, Some(2), "{text}: {}", ran.out);
        assert!(ran.err.contains(wanted), "{text}: {}", ran.err);
    }
    let ran = sweep(&directory.path().join("none.csv"), &[]);
    assert!(ran.code == Some(2) && ran.err.contains("none.csv"), "{}", ran.err);
    let table = file(directory.path(), "regimes.csv", "n,d,eps,p\n1e8,784,0.1,1e6\n");
    let plan = "table = \"regimes.csv\"\n[fixed]\nk = 1\nc = 1\nW = 10\nJ = 10\ndelta = 0.01\n";
    let plan = file(directory.path(), "plan.toml", plan);
    let plan = ["sweep", LAW, "--theorem", "theorem_3", "--plan", plan.to_str().unwrap()];
    let ran = boundproof(root(), &plan);
    assert_eq!((ran.code, &ran.out), (Some(0), &sweep(&table, &[]).out), "{}", ran.err);
}

/// A condition that ties parameters is looked at row by row.
#[test]
fn conditions_on_several_parameters_hold_in_each_row() {
    let text = "theorem t { let n : nat >= 1  let k : nat <= n  define q := k/n  claim c: n >= 1 }";
    let model = Model::of(&Specification::parse("t.spec", text).unwrap(), None).unwrap();
    let batch = |n: Vec<i64>, k: Vec<i64>| {
        let columns: [(&str, ArrayRef); 2] =
            [("n", Arc::new(Int64Array::from(n))), ("k", Arc::new(Int64Array::from(k)))];
        RecordBatch::try_from_iter(columns).unwrap()
    };
    let good = batch(vec![2, 100, 7], vec![1, 100, 7]);
    let evaluator = surveyed(&model, &good, &[]);
    assert_eq!(evaluator.evaluate(&mut evaluator.worker(), &good).unwrap().num_rows(), 3);
    let bad = batch(vec![2, 100, 7], vec![1, 100, 8]);
    let fault = evaluator.evaluate(&mut evaluator.worker(), &bad).unwrap_err();
    assert_eq!((fault.row, fault.column.as_deref()), (Some(2), Some("k")), "{fault:?}");
}

fn surveyed<'a>(model: &'a Model, batch: &RecordBatch, fixed: &[(&str, &str)]) -> Evaluator<'a> {
    let fixed: Vec<_> = fixed.iter().map(|(name, value)| ((*name).into(), Value::parse(value).unwrap())).collect();
    let mut survey = Survey::new(model, batch.schema(), &fixed).unwrap();
    survey.add(batch).unwrap();
    survey.finish().unwrap()
}

/// A cell of a text column: a decimal, a ratio, or an interval; with its ends.
fn cell(low: i64, high: i64) -> impl Strategy<Value = (String, Rational, Rational)> {
    (low..high, 1i64..9, 0i64..5, 0usize..3).prop_map(|(m, q, w, kind)| {
        let tenth = |m: i64| Rational::new(m.into(), 10.into());
        match kind {
            0 => (format!("{m}e-1"), tenth(m), tenth(m)),
            1 => {
                let value = Rational::new(m.into(), (10 * q).into());
                (format!("{m}/{}", 10 * q), value.clone(), value)
            }
            _ => (format!("[{m}e-1, {}e-1]", m + w), tenth(m), tenth(m + w)),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Enclosures hold what the exact path encloses, in surveyed batches and in others, whose cells are outside the ranges
    /// and of other forms; and a row does not depend on its batch.
    #[test]
    fn batches_enclose(
        xs in proptest::collection::vec(cell(1, 900), 1..90),
        y in cell(-20, 15),
        few in 1usize..4,
    ) {
        let model = Model::of(&Specification::parse("t.spec", SMALL).unwrap(), None).unwrap();
        let batch = |rows: &[(String, Rational, Rational)]| {
            let texts: StringArray = rows.iter().map(|x| Some(x.0.clone())).collect();
            let numbers: Int64Array = (1..).take(rows.len()).collect::<Vec<i64>>().into();
            RecordBatch::try_from_iter([("x", Arc::new(texts) as ArrayRef), ("n", Arc::new(numbers) as ArrayRef)]).unwrap()
        };
        let (all, some) = (batch(&xs), batch(&xs[..few.min(xs.len())]));
        let fixed = [("y", y.0.as_str())];
        let (wide, narrow) = (surveyed(&model, &all, &fixed), surveyed(&model, &some, &fixed));
        let precision = Precisions::default().of(192);
        for evaluator in [&wide, &narrow] {
            let results = evaluator.evaluate(&mut evaluator.worker(), &all).unwrap();
            let number = |name: &str| results.column_by_name(name).unwrap().as_any().downcast_ref::<Float64Array>().unwrap().clone();
            for defined in &model.defines {
                let (lower, upper) = (number(&format!("{}_lower", defined.name)), number(&format!("{}_upper", defined.name)));
                for (row, x) in xs.iter().enumerate() {
                    let n = Rational::from_integer((row + 1).into());
                    let ends = [("x", (x.1.clone(), x.2.clone())), ("y", (y.1.clone(), y.2.clone())), ("n", (n.clone(), n))];
                    let region = Region { ends: ends.into_iter().map(|(name, ends)| (name.into(), ends)).collect() };
                    let exact = enclosure(&defined.term, &region, model.variables(), &precision).unwrap();
                    prop_assert!(lower.is_valid(row) && upper.is_valid(row));
                    // both are enclosures of one range: at a point they are close, elsewhere they meet
                    let end = |x: Option<&Dyadic>| x.and_then(Dyadic::to_rational).unwrap();
                    let (low, high) = (Rational::from_float(lower.value(row)).unwrap(), Rational::from_float(upper.value(row)).unwrap());
                    prop_assert!(low <= end(exact.upper_value()) && end(exact.lower_value()) <= high, "{} at {region:?}", defined.name);
                }
            }
        }
        // alone in its batch
        let alone = wide.evaluate(&mut wide.worker(), &all.slice(xs.len() - 1, 1)).unwrap();
        let together = wide.evaluate(&mut wide.worker(), &all).unwrap().slice(xs.len() - 1, 1);
        prop_assert_eq!(alone, together);
    }
}
