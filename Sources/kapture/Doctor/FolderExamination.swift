import Core
import Glibc

/// Looks at the data folder: whose it is, who may read it, how much fits in.
struct FolderExamination {
    let path: String

    func findings() -> [Finding] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return [.ok("data folder", "\(path) is not there yet; `kapture serve` makes it")]
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return [
                .problem(
                    "data folder", "\(path) is no folder", mend: "Set KAPTURE_DATA to a folder, or remove the file.")
            ]
        }
        return [owner(status), permissions(status), space()].compactMap { $0 }
    }

    private func owner(_ status: stat) -> Finding {
        guard status.st_uid == geteuid() else {
            return .problem(
                "data folder", "\(path) belongs to user id \(status.st_uid), and this is user id \(geteuid())",
                mend: "Run kapture as its owner, or give it away: chown -R \(geteuid()) \(path)")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return .problem("data folder", "\(path) cannot be written", mend: "chmod 750 \(path)")
        }
        return .ok("data folder", "\(path) is ours and can be written")
    }

    private func permissions(_ status: stat) -> Finding? {
        guard status.st_mode & S_IRWXO != 0 else { return nil }
        return .warning(
            "data folder", "every user of this machine may look into \(path)", mend: "chmod o-rwx \(path)")
    }

    private func space() -> Finding? {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else { return nil }
        let free = UInt64(system.f_bavail) * UInt64(system.f_frsize)
        let megabytes = Int64(free / 1_000_000)
        let message = "\(Figures.exact(megabytes)) MB are free below \(path)"
        let mend = "Make room: what fills the disk stops every write."
        if megabytes < 200 { return .problem("disk", message, mend: mend) }
        if megabytes < 1000 { return .warning("disk", message, mend: mend) }
        guard system.f_files == 0 || system.f_favail > 10_000 else {
            return .problem("disk", "only \(system.f_favail) more files fit on it", mend: mend)
        }
        return .ok("disk", message)
    }
}
