#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The few functions of the C library that the scores need.
enum Mathematics {
    static func ln(_ value: Double) -> Double { log(value) }
    static func exp(_ value: Double) -> Double {
        #if canImport(Glibc)
            Glibc.exp(value)
        #else
            Darwin.exp(value)
        #endif
    }
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
