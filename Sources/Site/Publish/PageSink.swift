import Core

/// Receives the pages of one publish as they are rendered, and writes those that are new.
struct PageSink<Files: FileSystem> {
    private let files: Files
    private let folder: String
    private let key: PageDigest.Key
    private let previous: Manifest?
    /// Files that may be reused because the previous manifest vouches for them.
    private var reusable: Set<String>
    private(set) var pages: [String: PageDigest] = [:]
    private(set) var written = 0
    private(set) var bytesWritten = 0

    init(files: Files, folder: String, key: PageDigest.Key, previous: Manifest?, reusable: Set<String>) {
        (self.files, self.folder, self.key, self.previous, self.reusable) = (files, folder, key, previous, reusable)
        pages.reserveCapacity(previous?.pages.count ?? 24)
    }

    /// Takes a page: unchanged ones cost a digest, others a file.
    mutating func emit(_ address: String, _ body: [UInt8]) throws {
        let digest = PageDigest(of: body, key)
        pages[address] = digest
        guard previous?.pages[address] != digest else { return }
        let name = Manifest.fileName(of: address, digest)
        guard reusable.isEmpty || reusable.remove(name) == nil else { return }
        try files.write(body, to: "\(folder)/\(name)")
        written += 1
        bytesWritten += body.count
    }

    /// Of the page at `address`, as far as this publish got.
    func digest(of address: String) -> PageDigest? { pages[address] }

    /// Takes over a page of the previous manifest if it is the one with this digest.
    mutating func keep(_ address: String, as digest: PageDigest) -> Bool {
        guard previous?.pages[address] == digest else { return false }
        pages[address] = digest
        return true
    }

    /// Takes over a page of the previous manifest without rendering it; false when there is none.
    @discardableResult
    mutating func keep(_ address: String) -> Bool {
        guard let digest = previous?.pages[address] else { return false }
        pages[address] = digest
        return true
    }

    /// The manifest after this publish. Files that fell out of it, now or less than a minute ago, are listed as dropped.
    func manifest(revision: Int64, dueAt: Instant?, at now: Instant) -> Manifest {
        let kept = (previous?.dropped ?? []).filter { reusable.contains($0.name) }
        let fresh = (previous?.pages ?? [:]).filter { pages[$0.key] != $0.value }
            .map { Manifest.Dropped(name: Manifest.fileName(of: $0.key, $0.value), at: now) }
            .sorted { $0.name < $1.name }
        return Manifest(revision: revision, dueAt: dueAt, pages: pages, dropped: kept + fresh)
    }
}

/// Keeps the page of one address and lets all others go.
struct OnePage: PageTaking {
    private let address: String
    private(set) var body: [UInt8]?

    init(_ address: String) {
        self.address = address
    }

    mutating func emit(_ address: String, _ body: [UInt8]) {
        if address == self.address { self.body = body }
    }

    func keep(_ address: String) -> Bool { false }
    func keep(_ address: String, as digest: PageDigest) -> Bool { false }
    func digest(of address: String) -> PageDigest? { nil }
}
