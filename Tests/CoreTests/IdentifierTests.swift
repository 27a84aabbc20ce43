import Core
import Foundation
import TestSupport
import Testing

@Suite("Identifier")
struct IdentifierTests {
    private func id(_ milliseconds: Int64, _ random: inout SeededGenerator) -> PostID {
        PostID(at: Instant(milliseconds: milliseconds), randomness: (random.next(), random.next()))
    }

    @Test("It is a UUID of version 7 as RFC 9562 prints it")
    func example() {
        // RFC 9562, A.6
        let instant = Instant(milliseconds: 0x017F_22E2_79B0)
        let id = PostID(at: instant, randomness: (0xCC3, 0x18C4_DC0C_0C07_398F << 2))
        #expect(id.rawValue == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(UUID(uuidString: id.rawValue) != nil)
    }

    @Test("Ids sort by the moment they were made, whatever is random in them", arguments: 1...4 as ClosedRange<UInt64>)
    func order(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var moment = Int64.random(in: 0...1_000_000, using: &random)
        var ids: [PostID] = []
        for _ in 0..<300 {
            ids.append(id(moment, &random))
            moment += Int64.random(in: 1...100_000_000_000, using: &random)
        }
        #expect(ids == ids.sorted(), "seed \(seed)")
        #expect(ids.map(\.rawValue) == ids.map(\.rawValue).sorted(), "seed \(seed): as text, as the database sorts")
    }

    @Test("Version and variant stand in their places, and every id is valid", arguments: 1...4 as ClosedRange<UInt64>)
    func shape(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let text = Array(id(.random(in: 0...253_402_300_799_999, using: &random), &random).rawValue)
            #expect(text[14] == "7" && "89ab".contains(text[19]), "seed \(seed): \(String(text))")
            #expect(PostID(String(text)) != nil)
        }
    }

    @Test("Two ids of one millisecond differ")
    func randomness() {
        var random = SeededGenerator(seed: 1)
        #expect(Set((0..<5000).map { _ in id(1_700_000_000_000, &random) }).count == 5000)
    }

    @Test("A moment before 1970 is taken for 1970")
    func negative() {
        let id = PostID(at: Instant(milliseconds: -5), randomness: (0, 0))
        #expect(id.rawValue == "00000000-0000-7000-8000-000000000000")
    }

    @Test(
        "Text from outside is an id only as we write them",
        arguments: [
            "", "0192f0c0-0000-7000-8000-00000000000", "0192f0c0-0000-7000-8000-0000000000000",
            "0192F0C0-0000-7000-8000-000000000000", "0192f0c000007000800000000000000000000",
            "{192f0c0-0000-7000-8000-00000000000}",
            "0192f0c0-0000-7000-8000-00000000000g", "0192f0c0_0000_7000_8000_000000000000",
            "-192f0c00000-7000-8000-000000000000",
            " 192f0c0-0000-7000-8000-000000000000", "0192f0c0-0000-7000-8000-00000000000\u{0}",
            "../../../../../../etc/passwd/////////",
            "0192f0c0-0000-7000-8000-000000000000\n", "0192f0c0-0000-7000-8000-0000000000\u{FF10}",
        ])
    func invalid(_ text: String) {
        #expect(PostID(text) == nil)
    }

    @Test("It is plain text in JSON")
    func coding() throws {
        let id = UserID(rawValue: "0192f0c0-0000-7000-8000-000000000001")
        let text = String(decoding: try JSONEncoder().encode([id]), as: UTF8.self)
        #expect(text == #"["0192f0c0-0000-7000-8000-000000000001"]"#)
        #expect(try JSONDecoder().decode([UserID].self, from: Data(text.utf8)) == [id])
    }
}
