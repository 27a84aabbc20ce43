import Core
import Foundation
import Scraping
import TestSupport
import Testing

/// What an import would make of payloads: the reader finds the format, the catalog the adapter.
enum Reading {
    /// Everything in a text, in its order.
    static func adapted(_ text: String) throws -> [Adapted] {
        try items { try ImportReader().read(bytes: Array(text.utf8), name: "test", each: $0) }.map(\.adapted)
    }

    static func items(_ bytes: [UInt8], chunk: Int = 64 << 10) throws -> [ImportedItem] {
        try items { try ImportReader(chunkSize: chunk).read(bytes: bytes, name: "test", each: $0) }
    }

    /// Everything in a file of this target's `Fixtures`, whose values are invented.
    static func fixture(_ name: String) throws -> [Adapted] {
        try file("\(RepositoryRoot.path)/Tests/ScrapingTests/Fixtures/\(name)")
    }

    /// Everything in a recorded file.
    static func recorded(_ name: String) throws -> [Adapted] { try file(SharedData.path(name)) }

    /// The one post of a text.
    static func post(_ text: String) throws -> Sighting {
        let found = try adapted(text)
        try #require(found.count == 1, "one item was expected: \(found)")
        return try #require(found[0].sighting, "a post was expected: \(found[0])")
    }

    private static func file(_ path: String) throws -> [Adapted] {
        try items { try ImportReader().read(path: path, each: $0) }.map(\.adapted)
    }

    private static func items(_ read: ((ImportedItem) throws -> Void) throws -> Void) throws -> [ImportedItem] {
        var found: [ImportedItem] = []
        try read { found.append($0) }
        return found
    }
}

extension Adapted {
    var sighting: Sighting? {
        guard case .sighting(let sighting) = self else { return nil }
        return sighting
    }

    var rejection: String? {
        guard case .rejected(let reason) = self else { return nil }
        return reason
    }
}

extension [Adapted] {
    var sightings: [Sighting] { compactMap(\.sighting) }
    var rejections: [String] { compactMap(\.rejection) }
}

extension Instant {
    /// As people write it: `2026-09-06` or `2026-09-06 14:05:30`, UTC.
    init(_ text: String) throws {
        let numbers = text.split { "- :".contains($0) }.compactMap { Int($0) }
        try #require([3, 6].contains(numbers.count))
        let (day, clock) = (numbers.prefix(3), numbers.dropFirst(3) + [0, 0, 0])
        let time = CivilTime(
            year: Int64(day[0]), month: day[1], day: day[2], hour: clock[3], minute: clock[4], second: clock[5])
        self = time.instant
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test where the recorded payloads are absent.
    static var needsRecordedData: Self { .enabled(if: SharedData.isThere, "\(SharedData.absence)") }
}
