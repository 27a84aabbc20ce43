import Core
import Glibc

/// Looks at the clock and at what the system allows this process.
struct MachineExamination {
    let now: Instant
    /// The newest moment that the database knows; `nil` when it knows none.
    let newest: Instant?

    func findings() -> [Finding] {
        [clock(), descriptors()]
    }

    private func clock() -> Finding {
        let mend = "Set the clock, and let it be kept right: timedatectl set-ntp true"
        if now < CivilTime(year: 2026, month: 1, day: 1).instant {
            return .problem("clock", "it says \(Figures.dateTime(now)), which is in the past", mend: mend)
        }
        if let newest, newest > now.adding(seconds: 300) {
            return .problem(
                "clock",
                "it says \(Figures.dateTime(now)), and the database was written at \(Figures.dateTime(newest))",
                mend: mend)
        }
        return .ok("clock", Figures.dateTime(now))
    }

    private func descriptors() -> Finding {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .warning("open files", "the limit is unknown", mend: "See `ulimit -Hn`.")
        }
        let most = limit.rlim_max > UInt(Int32.max) ? "any number" : Figures.exact(Int64(limit.rlim_max))
        guard limit.rlim_max >= 4096 else {
            return .warning(
                "open files", "only \(most) are allowed at a time, and each connection is one",
                mend: "Raise the hard limit: LimitNOFILE=65536 in the systemd unit, or `ulimit -Hn 65536`.")
        }
        return .ok("open files", "\(most) allowed at a time")
    }
}
