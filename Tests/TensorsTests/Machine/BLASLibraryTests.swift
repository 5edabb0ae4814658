import Tensors
import Testing

@Suite struct BLASLibraryTests {
  @Test func init_saysWhyAndWhatToDo() {
    #expect {
      try BLASLibrary(path: "/nonexistent/libblas.so")
    } throws: { error in
      String(describing: error) == """
        BLAS library '/nonexistent/libblas.so' cannot be used: /nonexistent/libblas.so: cannot open shared object \
        file: No such file or directory. Expected a shared library that exports cblas_sgemm; unset CODEX_BLAS to \
        search the usual names.
        """
    }
  }

  @Test func init_refusesLibrariesWithoutProducts() {
    #expect(throws: TensorsError.noBLAS(requested: "libc.so.6", reason: "libc.so.6 exports no cblas_sgemm")) {
      try BLASLibrary(path: "libc.so.6")
    }
  }

  @Test(.enabled(if: Implementation.blas != nil, "no BLAS library found"))
  func init_setsOneThread() {
    #expect(Implementation.blas?.path.hasPrefix("/") == true)
    #expect((Implementation.blas?.threads ?? 1) == 1)
  }

  @Test(
    .enabled(
      if: InstructionSet.avx512.isSupported && Implementation.blas?.coreName.isEmpty == false,
      "no AVX-512, or no OpenBLAS that says its core type"))
  func init_choosesTheWideCore() {
    #expect(Implementation.blas?.coreName == "SkylakeX")
  }
}
