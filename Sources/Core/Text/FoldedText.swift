import Foundation
import Synchronization

/// Text as matching sees it: words in lower case without diacritics, between single spaces.
///
/// "Échame   LA-Culpa" is " echame la culpa ". Scripts that write without spaces (Han, kana, Thai and their like) get a
/// space around each letter, so that a word of theirs is found inside a longer run.
package struct FoldedText: Sendable, Hashable {
    /// Folded UTF-8 with a space at both ends; only a space when there is no word.
    package private(set) var bytes: [UInt8] = [0x20]

    package init(_ text: String) {
        append(text)
    }

    package init() {}

    package var isEmpty: Bool { bytes.count == 1 }

    /// Adds more text; no word or phrase reaches across the seam by accident, but two adjacent ones may.
    package mutating func append(_ text: String) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { append(ascii: byte) }
        } else {
            // A letter whose marks come apart, as in names of files from a Mac, is the same letter.
            for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
                if scalar.isASCII { append(ascii: UInt8(scalar.value)) } else { append(other: scalar) }
            }
        }
        close()
    }

    /// Whether the words of `phrase` stand here in this order, side by side.
    package func contains(_ phrase: FoldedText) -> Bool {
        !phrase.isEmpty && bytes.containsSequence(phrase.bytes[...])
    }

    /// Whether the words of `phrase` stand here side by side, the last of them perhaps as the beginning of a longer one.
    package func containsBeginning(_ phrase: FoldedText) -> Bool {
        !phrase.isEmpty && bytes.containsSequence(phrase.bytes.dropLast())
    }

    private mutating func append(ascii byte: UInt8) {
        switch byte {
        case 0x30...0x39, 0x61...0x7A: bytes.append(byte)
        case 0x41...0x5A: bytes.append(byte | 0x20)
        case 0x27: break  // "don't" is one word, "dont"
        default: close()
        }
    }

    private mutating func append(other scalar: Unicode.Scalar) {
        switch FoldedText.kind(of: scalar) {
        case .mark: break
        case .gap: close()
        case .letter: bytes.append(contentsOf: LetterFolding.folded(scalar))
        case .spaceless:
            close()
            bytes.append(contentsOf: Array(String(scalar).utf8))
            close()
        }
    }

    private mutating func close() {
        if bytes.last != 0x20 { bytes.append(0x20) }
    }

    private enum Kind { case letter, spaceless, mark, gap }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        // Thai, Lao, Myanmar, Khmer; kana; Han with its extensions; half-width kana
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x20000...0x3FFFF:
            return .spaceless
        case 0x2019: return .mark
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .spacingMark:
            return .letter
        case .nonspacingMark, .enclosingMark, .format: return .mark
        // An emoji is a word of its own: people follow them too.
        case .otherSymbol: return .spaceless
        default: return .gap
        }
    }
}

/// A letter in lower case without its diacritics, learned from its Unicode name: "LATIN SMALL LETTER E WITH ACUTE" is e.
enum LetterFolding {
    private static let known = Mutex<[Unicode.Scalar: [UInt8]]>([:])
    private static let plain: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i",
    ]

    static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
        known.withLock { known in
            if let bytes = known[scalar] { return bytes }
            let bytes = compute(scalar)
            if known.count < 20_000 { known[scalar] = bytes }
            return bytes
        }
    }

    private static func compute(_ scalar: Unicode.Scalar) -> [UInt8] {
        let lower = scalar.properties.lowercaseMapping
        let folded = lower.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }.map(base)
        return folded.joined().utf8.map { $0 }
    }

    private static func base(_ scalar: Unicode.Scalar) -> String {
        if let plain = plain[scalar] { return plain }
        guard let name = scalar.properties.name, name.hasPrefix("LATIN SMALL LETTER ") else { return String(scalar) }
        let letter = name.dropFirst("LATIN SMALL LETTER ".count).prefix { $0 != " " }
        return letter.utf8.count == 1 ? letter.lowercased() : String(scalar)
    }
}

extension [UInt8] {
    /// Whether `needle`, which is not empty, stands somewhere in these bytes.
    fileprivate func containsSequence(_ needle: ArraySlice<UInt8>) -> Bool {
        guard needle.count <= count else { return false }
        return withUnsafeBufferPointer { hay in
            needle.withUnsafeBufferPointer { needle in
                var place = 0
                while place <= hay.count - needle.count {
                    var offset = 0
                    while offset < needle.count, hay[place + offset] == needle[offset] { offset += 1 }
                    if offset == needle.count { return true }
                    place += 1
                }
                return false
            }
        }
    }
}
