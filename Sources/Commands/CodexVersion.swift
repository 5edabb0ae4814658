/// The version that `codex --version` prints and that runs record.
public enum CodexVersion {
  public static let text = "0.1.0"
}
