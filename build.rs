//! Embeds the pages of `docs/diagnostics/` so that `boundproof explain` works wherever the binary is.

use std::fmt::Write;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("docs/diagnostics");
    println!("cargo:rerun-if-changed={}", directory.display());
    let mut pages: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(&directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    let mut source = String::from("&[\n");
    for page in &pages {
        let name = page.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(source, "    ({name:?}, include_str!({:?})),", page.display().to_string())?;
    }
    source.push_str("]\n");
    std::fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("pages.rs"), source)?;
    Ok(())
}
