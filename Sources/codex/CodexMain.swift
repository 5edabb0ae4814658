import Commands
import Glibc

/// The executable: everything it does is in `Commands`.
@main
enum CodexMain {
  static func main() { exit(CommandLineTool.main()) }
}
