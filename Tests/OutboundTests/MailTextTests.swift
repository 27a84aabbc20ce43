import Foundation
import TestSupport
import Testing

@testable import Outbound

@Suite("Mail text")
struct MailTextTests {
    @Test(
        "quoted-printable is read back by anybody, with lines of at most 76",
        arguments: [
            "", "a", "a=b", "trailing \nspace\t", "tab\tinside", String(repeating: "x", count: 200),
            String(repeating: "é", count: 100), "one\r\ntwo\rthree\nfour", ".\n..\n.end", "\u{1F600} and \u{0}",
        ])
    func quotedPrintable(text: String) throws {
        let encoded = String(decoding: QuotedPrintable.encode(text), as: UTF8.self)

        let lines = encoded.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.last != " " && $0.last != "\t" })
        #expect(encoded.utf8.allSatisfy { (0x20...0x7E).contains($0) || [0x09, 0x0D, 0x0A].contains($0) })
        let expected = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\n", with: "\r\n")
        #expect(Self.decode(encoded) == Array(expected.utf8))
    }

    @Test(
        "a header stays one header line, and plain words stay readable",
        arguments: [
            ("Plain words", "Plain words"), ("a\r\nb: c", "a  b: c"), ("", ""), ("=?x", "=?UTF-8?B?PT94?="),
            ("Köln", "=?UTF-8?B?S8O2bG4=?="),
        ])
    func unstructured(text: String, header: String) {
        #expect(HeaderText.unstructured(text) == header)
    }

    @Test("a long header is folded between whole letters")
    func folding() {
        let text = String(repeating: "Grüße 👋 ", count: 20)
        let header = HeaderText.unstructured(text)
        let words = header.split(separator: "\r\n ")

        #expect(words.count > 3 && words.allSatisfy { $0.utf8.count <= 75 })
        let decoded = words.map { word in
            String(decoding: Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) ?? Data(), as: UTF8.self)
        }
        #expect(decoded.joined() == text)
    }

    @Test(
        "a name is quoted or encoded, never taken for syntax",
        arguments: [
            ("Kapture", "\"Kapture\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("x <eve@example.com>", "\"x <eve@example.com>\""),
            ("Ü", "=?UTF-8?B?w5w=?="),
        ])
    func phrases(name: String, header: String) throws {
        #expect(HeaderText.phrase(name) == header)
        let mailbox = try Mailbox("a@example.com", name: name)
        #expect(mailbox.header == header + " <a@example.com>")
    }

    @Test(
        "a sender is an address or a name with one",
        arguments: [
            ("a@example.com", "a@example.com", String?.none), ("Mara K <a@example.com>", "a@example.com", "Mara K"),
            ("\"K, Mara\" <a@example.com>", "a@example.com", "K, Mara"), (" <a@example.com> ", "a@example.com", nil),
        ])
    func senders(text: String, address: String, name: String?) throws {
        let mailbox = try Mailbox(parsing: text, field: "KAPTURE_MAIL_FROM")
        #expect((mailbox.address, mailbox.name) == (address, name))
    }

    private static func decode(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(text.replacing("=\r\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                result.append(byte)
                continue
            }
            result.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return result
    }
}
