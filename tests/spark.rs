//! The example of a forecast on Spark, in local mode; passed over where Java or `PySpark` is missing.

use std::fs;
use std::process::{Command, Stdio};

/// Whether a command runs and ends well.
fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[test]
fn a_forecast_on_spark_equals_one_run() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !runs("java", &["-version"]) || !runs(&python, &["-c", "import pyspark"]) {
        eprintln!("passed over: Java and PySpark are needed (pip install pyspark)");
        return;
    }
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let ties: Vec<String> = (0..200).map(|i| format!("p{},p{}", i * 7 % 61, i * i % 53)).collect();
    let ties = ties.join("\n");
    let file = folder.path().join("ties.csv");
    fs::write(&file, format!("source,target\n{ties}")).expect("writable");
    let jaywalk = env!("CARGO_BIN_EXE_jaywalk");
    let forecast = |command: &mut Command| {
        let file = file.to_str().expect("a plain path");
        let line = ["simulate", file, "--undirected", "--seeds", "p0,p7", "--per-person"];
        let output = command.args(line).args(["--replicates", "500", "--json"]).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("JSON is UTF-8")
    };
    let one_run = forecast(&mut Command::new(jaywalk));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spark/forecast_on_spark.py");
    let parts = folder.path().join("parts");
    let spread = forecast(
        Command::new(&python)
            .args([script, jaywalk, "3"])
            .arg(&parts)
            .env("SPARK_MASTER", "local[2]")
            .env("SPARK_LOCAL_IP", "127.0.0.1"),
    );
    assert!(one_run.contains("\"replicates\": 500"));
    assert_eq!(spread, one_run);
}
