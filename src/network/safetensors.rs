//! Files of weights in the format `safetensors`: 8 bytes with the length of a header, the header in JSON, the numbers.
//!
//! Owns: the header with strict bounds, tensors read a piece at a time. Must not know: networks. Nothing of the file is
//! believed: the header has at most [`MOST_HEADER`] bytes, names occur once, the tensors cover the rest of the file
//! without gaps, and a number that is not finite is an error with its place.

use crate::specification::system_words;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, de};
use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The longest header: that of the reference implementation.
pub const MOST_HEADER: u64 = 100_000_000;
/// Numbers that are in memory at once while a tensor is read.
const PIECE: usize = 1 << 14;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// IEEE binary16.
    F16,
    /// The upper half of binary32.
    BF16,
    /// IEEE binary32.
    F32,
    /// IEEE binary64.
    F64,
}

impl Kind {
    fn bytes(self) -> usize {
        match self {
            Kind::F16 | Kind::BF16 => 2,
            Kind::F32 => 4,
            Kind::F64 => 8,
        }
    }

    /// The number, exactly.
    fn decode(self, bytes: &[u8]) -> Option<f64> {
        Some(match self {
            Kind::F16 => half(u16::from_le_bytes(bytes.try_into().ok()?)),
            Kind::BF16 => f32::from_bits(u32::from(u16::from_le_bytes(bytes.try_into().ok()?)) << 16).into(),
            Kind::F32 => f32::from_le_bytes(bytes.try_into().ok()?).into(),
            Kind::F64 => f64::from_le_bytes(bytes.try_into().ok()?),
        })
    }
}

/// A binary16, exactly: `2^-24` times its 10 bits below the least exponent, else `2^(e-25) (1024 + bits)`.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = ((bits >> 10) & 31, f64::from(bits & 1023));
    let size = match exponent {
        0 => fraction * f64::exp2(-24.0),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        e => (1024.0 + fraction) * f64::exp2(f64::from(e) - 25.0),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// A tensor as the header describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// Its name.
    pub name: String,
    /// The length of each axis.
    pub shape: Vec<u64>,
    /// How its numbers are written: a kind that is read here, or the name of another one.
    pub kind: Result<Kind, String>,
    /// Where its first byte lies in the file.
    start: u64,
    /// How many numbers it has.
    pub count: u64,
}

/// A file of weights whose header was read.
#[derive(Debug)]
pub struct Weights {
    /// The file.
    pub path: PathBuf,
    /// Its tensors in the order of their places.
    pub tensors: Vec<Tensor>,
}

impl Weights {
    /// Reads the header.
    ///
    /// # Errors
    /// What is wrong with it, with the byte or the tensor concerned.
    pub fn open(path: &Path) -> Result<Weights, String> {
        // before opening: a pipe would block
        let kind = std::fs::metadata(path).map_err(|error| system_words(&error))?;
        if !kind.is_file() {
            return Err("this is not a regular file".into());
        }
        let mut file = File::open(path).map_err(|error| system_words(&error))?;
        let tensors = header(&mut file, kind.len())?;
        Ok(Weights { path: path.to_owned(), tensors })
    }

    /// The tensor of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Tensor> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }

    /// Hands the numbers of a tensor over, in order, a piece at a time; all are finite.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn numbers(&self, tensor: &Tensor, take: &mut dyn FnMut(&[f64])) -> Result<(), String> {
        let kind = tensor.kind.as_ref().map_err(|kind| {
            format!("tensor `{}`: numbers of the kind {kind} are not read; F16, BF16, F32 and F64 are", tensor.name)
        })?;
        let mut file = File::open(&self.path).map_err(|error| system_words(&error))?;
        file.seek(SeekFrom::Start(tensor.start)).map_err(|error| system_words(&error))?;
        let mut file = BufReader::new(file);
        let (mut bytes, mut values) = (vec![0u8; PIECE * kind.bytes()], Vec::with_capacity(PIECE));
        let mut done = 0u64;
        while done < tensor.count {
            let count = usize::try_from(tensor.count - done).unwrap_or(PIECE).min(PIECE);
            let piece = &mut bytes[..count * kind.bytes()];
            file.read_exact(piece).map_err(|error| format!("tensor `{}`: {}", tensor.name, system_words(&error)))?;
            values.clear();
            for (number, chunk) in piece.chunks_exact(kind.bytes()).enumerate() {
                match kind.decode(chunk) {
                    Some(value) if value.is_finite() => values.push(value),
                    _ => {
                        let at = done + number as u64;
                        return Err(format!("tensor `{}`: number {at} is not finite", tensor.name));
                    }
                }
            }
            take(&values);
            done += count as u64;
        }
        Ok(())
    }
}

/// Reads the header of a file of that length.
fn header(file: &mut impl Read, length: u64) -> Result<Vec<Tensor>, String> {
    let mut first = [0u8; 8];
    if length < 8 {
        return Err(format!(
            "it has {length} bytes: a safetensors file begins with 8 bytes that say how long its header is"
        ));
    }
    file.read_exact(&mut first).map_err(|error| system_words(&error))?;
    let size = u64::from_le_bytes(first);
    if size > MOST_HEADER || size > length - 8 {
        let rest = length - 8;
        return Err(format!(
            "byte 0: the header is said to have {size} bytes, and {rest} follow; at most {MOST_HEADER} are read"
        ));
    }
    let mut text = vec![0u8; usize::try_from(size).map_err(|_| "the header is too long")?];
    file.read_exact(&mut text).map_err(|error| system_words(&error))?;
    let Entries(mut entries) = serde_json::from_slice(&text).map_err(|error| json(&error, &text))?;
    entries.sort_by(|a, b| (a.1.data_offsets, &a.0).cmp(&(b.1.data_offsets, &b.0)));
    let mut end = 0u64;
    let mut tensors = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        let fault = |why: String| format!("tensor `{name}`: {why}");
        let (from, to) = entry.data_offsets;
        if from != end || to < from {
            return Err(fault(format!(
                "its data_offsets [{from}, {to}] do not follow on {end}, where the one before ends"
            )));
        }
        let count = entry.shape.iter().try_fold(1u64, |product, side| product.checked_mul(*side));
        let count = count.ok_or_else(|| fault("its shape has too many numbers".into()))?;
        let kind = match entry.dtype.as_str() {
            "F16" => Ok(Kind::F16),
            "BF16" => Ok(Kind::BF16),
            "F32" => Ok(Kind::F32),
            "F64" => Ok(Kind::F64),
            _ => Err(entry.dtype.chars().take(20).collect()),
        };
        if let Ok(kind) = kind
            && count.checked_mul(kind.bytes() as u64) != Some(to - from)
        {
            return Err(fault(format!("{count} numbers of the kind {} do not fill {} bytes", entry.dtype, to - from)));
        }
        end = to;
        tensors.push(Tensor { name, shape: entry.shape, kind, start: 8 + size + from, count });
    }
    if end != length - 8 - size {
        return Err(format!(
            "the tensors end at byte {} and the file at byte {length}",
            u128::from(end) + u128::from(size) + 8
        ));
    }
    Ok(tensors)
}

/// What is wrong with the JSON, with the byte of the file.
fn json(error: &serde_json::Error, text: &[u8]) -> String {
    let lines = text.split_inclusive(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
    let at = 8 + lines.map(<[u8]>::len).sum::<usize>() + error.column().saturating_sub(1);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("byte {at}: the header is not as it should be: {message}")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    dtype: String,
    shape: Vec<u64>,
    data_offsets: (u64, u64),
}

/// The entries of a header; a name that occurs twice is an error.
struct Entries(Vec<(String, Entry)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Entries;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object with an entry for each tensor")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut names = std::collections::BTreeSet::new();
                let mut entries = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if !names.insert(name.clone()) {
                        return Err(A::Error::custom(format!("two entries `{name}`")));
                    }
                    if name == "__metadata__" {
                        map.next_value::<de::IgnoredAny>()?;
                    } else {
                        entries.push((name, map.next_value::<Entry>()?));
                    }
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<Vec<Tensor>, String> {
        header(&mut &*bytes, bytes.len() as u64)
    }

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
    }

    const GOOD: &str = r#"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]}}"#;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let good = file(GOOD, &[0; 10]);
        assert_eq!(
            read(&good).unwrap().iter().map(|t| (t.name.as_str(), t.count)).collect::<Vec<_>>(),
            [("a", 2), ("b", 1)]
        );
        let table: [(Vec<u8>, &str); 10] = [
            (vec![1, 2], "it has 2 bytes"),
            (file(GOOD, &[0; 9]), "the tensors end at byte"),
            (file(GOOD, &[0; 11]), "the tensors end at byte"),
            (good[..60].to_vec(), "byte 0: the header is said to have"),
            (u64::MAX.to_le_bytes().to_vec(), "byte 0: the header is said to have 18446744073709551615 bytes"),
            (file("{\"a\":7}", &[]), "byte 13"),
            (file(&GOOD.replace("\"b\"", "\"a\""), &[0; 10]), "two entries `a`"),
            (
                file(&GOOD.replace("[8,10]", "[9,11]"), &[0; 11]),
                "tensor `b`: its data_offsets [9, 11] do not follow on 8",
            ),
            (file(&GOOD.replace("[2,1]", "[3,1]"), &[0; 10]), "3 numbers of the kind F32 do not fill 8 bytes"),
            (file(&GOOD.replace("[2,1]", "[4294967296,4294967296]"), &[0; 10]), "too many numbers"),
        ];
        for (bytes, wanted) in table {
            let why = read(&bytes).unwrap_err();
            assert!(why.contains(wanted), "{why} does not say {wanted}");
        }
    }

    #[test]
    fn halves_are_exact() {
        let table = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0001, 2f64.powi(-24)),
            (0x03ff, 1023.0 * 2f64.powi(-24)),
            (0x0400, 2f64.powi(-14)),
            (0x3555, 1365.0 / 4096.0),
        ];
        for (bits, wanted) in table {
            assert_eq!(half(bits), wanted, "{bits:#x}");
        }
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_header_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }

        #[test]
        fn a_damaged_header_is_a_header_or_an_error(at in 0usize..200, byte in any::<u8>(), cut in 0usize..200) {
            let mut bytes = file(GOOD, &[0; 10]);
            let length = bytes.len();
            bytes[at % length] = byte;
            let _ = read(&bytes);
            bytes.truncate(cut);
            let _ = read(&bytes);
        }
    }
}
