#if canImport(Glibc)
  import Glibc
#endif

func logarithm(_ value: Double) -> Double { log(value) }
