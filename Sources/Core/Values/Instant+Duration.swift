extension Instant {
    /// Counts whole milliseconds.
    package func adding(_ duration: Duration) -> Instant {
        Instant(milliseconds: milliseconds + duration.milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
