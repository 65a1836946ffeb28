//! The bundled sample: the invented Tidewater Trades Association.
//!
//! Three of its advisers pooled their exports, and its member list says who referred whom, who
//! reports to whom, and which members already use the new ordering portal.

use crate::import::Input;

/// A file of the sample, with the name under which it is imported.
macro_rules! file {
    ($path:literal) => {
        (
            concat!("Tidewater sample/", $path),
            include_bytes!(concat!("../../assets/sample/", $path)),
        )
    };
}

const FILES: [(&str, &[u8]); 10] = [
    file!("ana-ruiz-delgado/Profile.csv"),
    file!("ana-ruiz-delgado/Connections.csv"),
    file!("ana-ruiz-delgado/messages.csv"),
    file!("ngozi-adeyemi/Profile.csv"),
    file!("ngozi-adeyemi/Connections.csv"),
    file!("ngozi-adeyemi/messages.csv"),
    file!("tomasz-zielinski/Profile.csv"),
    file!("tomasz-zielinski/Connections.csv"),
    file!("tomasz-zielinski/messages.csv"),
    file!("members.csv"),
];

/// The sample's files, to be read like any others.
pub fn sample() -> Vec<Input> {
    let input = |(name, bytes): (&str, &[u8])| Input::Bytes {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    FILES.map(input).into()
}
