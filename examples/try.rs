//! Development only.
use boundproof::prover::{Budget, answer};
use boundproof_checker::{certificate::Certificate, load, obligation, verdict};
struct Disk(std::path::PathBuf);
impl load::Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|e| e.to_string())
    }
}
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let only = std::env::args().nth(2);
    let secs: f64 = std::env::args().nth(3).map_or(10.0, |s| s.parse().unwrap());
    let bytes = std::fs::read(&path).unwrap();
    let dir = std::path::Path::new(&path).parent().unwrap().to_path_buf();
    let document = match load::document(&bytes, &Disk(dir)) {
        Ok(d) => d,
        Err(e) => { for d in e { println!("{} at {:?}: {} {:?}", d.code, d.span, d.message, String::from_utf8_lossy(&bytes[d.span.start as usize..d.span.end as usize])); } return; }
    };
    let mut certificate = Certificate::default();
    let mut notes = std::collections::BTreeMap::new();
    for unit in obligation::units(&document) {
        if only.as_ref().is_some_and(|o| o != "all" && !unit.name.contains(o.as_str())) { continue; }
        let outcome = answer(&unit, &document, &Budget::lasting(std::time::Duration::from_secs_f64(secs)));
        notes.insert(unit.name.clone(), (outcome.time, outcome.attempts));
        certificate.answers.extend(outcome.answer);
    }
    let text = certificate.to_string();
    let again = boundproof_checker::certificate::read::certificate(text.as_bytes()).map_err(|e| { println!("{text}"); e }).unwrap();
    if only.is_some() { println!("{text}"); }
    let t = std::time::Instant::now();
    for finding in verdict::judge(&document, &again) {
        if only.as_ref().is_some_and(|o| o != "all" && !finding.unit.name.contains(o.as_str())) { continue; }
        let v = format!("{:?}", finding.verdict);
        let (time, attempts) = notes.get(&finding.unit.name).cloned().unwrap_or_default();
        println!("{:40} {:8.1?} {}", finding.unit.name, time, &v.chars().take(if only.is_some() {2000} else {300}).collect::<String>());
        if v.starts_with("Undecided") {
            let parts = obligation::parts(&finding.unit, &document, &[]);
            let last = attempts.last().map_or(0, |a| a.part);
            if let Some(p) = parts.get(last.wrapping_sub(1)) { println!("      part {last} {:?}: {}", p.role, p.goal); if only.is_some() { for g in p.given.iter().chain(&p.established) { println!("         given {g}"); } } }
            for a in attempts.iter().filter(|a| a.part == last) { println!("      {a:?}"); }
        }
    }
    println!("judged in {:?}, certificate {} bytes", t.elapsed(), text.len());
}
