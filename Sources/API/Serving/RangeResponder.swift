import HTTPTypes
import Hummingbird
import NIOCore

/// Sends parts of a body: one range a request, as players and download tools ask for it (RFC 9110, 14).
///
/// Several ranges, other units and malformed ones are ignored, which the standard allows: the whole body is sent.
enum RangeResponder {
    enum Asked: Equatable {
        case everything
        case part(Range<Int>)
        case nothingThere
    }

    /// The answer to `Range`, or `nil` when the whole body is to be sent, as for content that offers no ranges.
    static func response(_ content: PreparedContent, range: String?, ifRange: String?, isHead: Bool) -> Response? {
        guard let range, content.plain.fields.contains(.acceptRanges) else { return nil }
        if let ifRange, !isStrongMatch(ifRange, content.tag) { return nil }
        let whole = content.plain
        switch asked(range, size: whole.body.readableBytes) {
        case .everything:
            return nil
        case .part(let part):
            return partial(whole, part, isHead: isHead)
        case .nothingThere:
            var fields = content.notModified.fields
            fields[.contentRange] = "bytes */\(whole.body.readableBytes)"
            fields[.cacheControl] = "no-store"
            return Response(status: .rangeNotSatisfiable, headers: fields)
        }
    }

    static func asked(_ header: String, size: Int) -> Asked {
        guard header.lowercased().hasPrefix("bytes=") else { return .everything }
        let text = header.dropFirst(6).trimmingSpaces
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, let first = number(ends[0]), let last = number(ends[1]) else { return .everything }
        switch (first, last) {
        case (nil, nil):
            return .everything
        case (nil, let count?):
            return suffix(count, of: size)
        case (let first?, let last):
            guard first <= last ?? first else { return .everything }
            return first < size ? .part(first..<min(last ?? size, size - 1) + 1) : .nothingThere
        }
    }

    /// `nil` within for no digits at all, `nil` for what is no number; what is too large for one is the largest.
    private static func number(_ text: Substring) -> Int?? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .none }
        return .some(text.isEmpty ? nil : Int(text) ?? .max)
    }

    private static func suffix(_ count: Int, of size: Int) -> Asked {
        count == 0 || size == 0 ? .nothingThere : .part(max(0, size - count)..<size)
    }

    private static func partial(_ whole: PreparedAnswer, _ part: Range<Int>, isHead: Bool) -> Response? {
        guard let slice = whole.body.getSlice(at: whole.body.readerIndex + part.lowerBound, length: part.count) else {
            return nil
        }
        var fields = whole.fields
        fields[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(whole.body.readableBytes)"
        fields[.contentLength] = "\(part.count)"
        let body = isHead ? ResponseBody() : ResponseBody(byteBuffer: slice)
        return Response(status: .partialContent, headers: fields, body: body)
    }

    /// Strong comparison: a weak tag, and a date, never match, and then the whole body is sent.
    private static func isStrongMatch(_ header: String, _ tag: String) -> Bool {
        header == tag && !tag.hasPrefix("W/")
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
