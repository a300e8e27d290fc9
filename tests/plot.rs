//! Pictures: the gallery is what its commands draw, colours are what the rows certify, both formats are what they should be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::plot::table::{Choice, Says, Table};
use boundproof::regime::batch::Flag;
use boundproof::regime::sweep::reading::read;
use std::path::Path;
use support::{boundproof, fences};

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words of a command line.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Set `BOUNDPROOF_GALLERY=write` to draw the gallery anew.
#[test]
fn the_gallery_is_what_its_commands_draw() {
    let page = std::fs::read_to_string(root().join("docs/gallery.md")).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let mut drawn = 0;
    for (_, block) in fences(&page) {
        let line = block.trim();
        let mut arguments = words(line);
        assert_eq!(arguments.remove(0), "boundproof", "{line}");
        arguments.iter_mut().filter(|word| *word == "law.spec").for_each(|word| *word = LAW.to_owned());
        let out = arguments.pop().unwrap();
        let fresh = directory.path().join("picture.svg");
        arguments.push(fresh.to_str().unwrap().to_owned());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = boundproof(root(), &arguments);
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.err);
        let bytes = std::fs::read(&fresh).unwrap();
        if std::env::var("BOUNDPROOF_GALLERY").as_deref() == Ok("write") {
            std::fs::write(root().join(&out), &bytes).unwrap();
        }
        assert!(bytes == std::fs::read(root().join(&out)).unwrap(), "{out} is not what its command draws");
        assert!(bytes.len() < 60_000, "{out} has {} bytes", bytes.len());
        drawn += 1;
    }
    assert!(drawn >= 4, "the gallery has {drawn} pictures");
}

const PLAN: &str = "[axes]\neps = [0.1, 0.9]\nn = { from = 1e4, to = 1e14, steps = 6, scale = \"log\" }\n[fixed]\nd = 784\np = 1000\nk = 1\nc = 1\nW = 10\nJ = 10\ndelta = 0.01\n";

fn swept(directory: &Path, name: &str) -> std::path::PathBuf {
    let plan = directory.join("plan.toml");
    std::fs::write(&plan, PLAN).unwrap();
    let out = directory.join(name);
    let arguments =
        ["sweep", LAW, "--theorem", "theorem_3", "--plan", plan.to_str().unwrap(), "--out", out.to_str().unwrap()];
    assert_eq!(boundproof(root(), &arguments).code, Some(0));
    out
}

#[test]
fn csv_parquet_and_plans_give_one_picture() {
    let directory = tempfile::tempdir().unwrap();
    let (csv, parquet) = (swept(directory.path(), "law.csv"), swept(directory.path(), "law.parquet"));
    assert_eq!(read(&csv, 100).unwrap(), read(&parquet, 100).unwrap());
    assert!(read(&csv, 11).unwrap_err().message.contains("more than 11 rows"));
    let draw = |input: &[&str], kind: &str| {
        let (svg, png) = (directory.path().join("a.svg"), directory.path().join("a.png"));
        let common = [
            "--kind",
            kind,
            "--title",
            "t",
            "--note",
            "n",
            "--out",
            svg.to_str().unwrap(),
            "--out",
            png.to_str().unwrap(),
        ];
        let ran = boundproof(root(), &[&["plot"], input, &common].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        (std::fs::read_to_string(svg).unwrap(), std::fs::read(png).unwrap())
    };
    let plan = directory.path().join("plan.toml");
    let of_plan = [LAW, "--theorem", "theorem_3", "--plan", plan.to_str().unwrap()];
    for kind in ["phase", "curve", "tradeoff"] {
        let arguments: &[&str] = if kind == "tradeoff" { &["--x", "eps", "--y", "n"] } else { &[] };
        let (svg, png) = draw(&[&[csv.to_str().unwrap()], arguments].concat(), kind);
        assert_eq!(
            (&svg, &png),
            (
                &draw(&[&[parquet.to_str().unwrap()], arguments].concat(), kind).0,
                &draw(&[&of_plan, arguments].concat(), kind).1
            )
        );
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.contains("<title>t; n</title>"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    }
}

/// What a row says is certain: an enclosure that reaches over the level says nothing.
#[test]
fn colours_are_what_the_rows_certify() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.csv");
    let rows = [
        ("met", "1.0", "1.5", Says::AtLeast),
        ("met", "0.5", "0.99", Says::Below),
        ("met", "0.9", "1.0", Says::Open),
        ("met", "", "", Says::Open),
        ("not-met", "2.0", "2.0", Says::Nothing),
        ("straddles", "2.0", "2.0", Says::Open),
        ("undecided", "2.0", "2.0", Says::Open),
    ];
    let mut text = String::from("n,applies,few,t_lower,t_upper\n");
    for (number, (applies, lower, upper, _)) in rows.iter().enumerate() {
        text += &format!("{number},{applies},{applies},{lower},{upper}\n");
    }
    std::fs::write(&file, text).unwrap();
    let table = Table::of(&read(&file, 100).unwrap(), &Choice::default()).unwrap();
    assert_eq!(table.rows[0].applies, Flag::Met);
    for (row, (applies, lower, upper, wanted)) in table.rows.iter().zip(rows) {
        assert_eq!(row.says(1.0), wanted, "{applies} {lower} {upper}");
    }
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let directory = tempfile::tempdir().unwrap();
    let csv = swept(directory.path(), "law.csv");
    let csv = csv.to_str().unwrap();
    let bad = directory.path().join("bad.csv");
    std::fs::write(&bad, "a,b\n1,2\n").unwrap();
    let out = directory.path().join("a.svg");
    let out = out.to_str().unwrap();
    let table: [(&[&str], &str); 9] = [
        (&[csv, "--kind", "phase", "--x", "m", "--out", out], "there is no axis `m`: the axes are eps, n"),
        (&[csv, "--kind", "phase", "--where", "eps=0.1", "--out", out], "--x is missing"),
        (
            &[csv, "--kind", "curve", "--quantity", "q", "--out", out],
            "there is no quantity `q`: there are P, threshold",
        ),
        (&[csv, "--kind", "curve", "--where", "eps=0.3", "--out", out], "no row has these values"),
        (&[csv, "--kind", "tradeoff", "--x", "eps", "--y", "n", "--level", "1e9", "--out", out], "nowhere on the grid"),
        (&[csv, "--out", "a.pdf"], "name a .svg or .png file"),
        (&[LAW, "--out", out], "add --plan plan.toml"),
        (&[bad.to_str().unwrap(), "--out", out], "it has no column `applies`"),
        (&["none.csv", "--out", out], "there is no such file"),
    ];
    for (arguments, wanted) in table {
        let ran = boundproof(root(), &[&["plot"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert!(ran.err.replace('\n', " ").contains(wanted), "{wanted:?} is not in {}", ran.err);
        assert!(!Path::new(out).exists());
    }
}
