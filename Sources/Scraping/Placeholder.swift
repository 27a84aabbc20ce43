import Core
import Foundation
package enum Adapted: Sendable { case sighting(Sighting), skipped(reason: String), rejected(reason: String) }
package struct ImportedItem: Sendable { package let place: String, byteOffset: Int64, adapted: Adapted }
package enum Timestamp { package static func iso(_ t: String) -> Instant? {
    let p = t.prefix(10).split(separator: "-").compactMap { Int($0) }; guard p.count == 3 else { return nil }
    var c = CivilTime(year: Int64(p[0]), month: p[1], day: p[2])
    if t.count >= 19 { let q = t.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }; if q.count == 3 { (c.hour, c.minute, c.second) = (q[0], q[1], q[2]) } }
    return c.isValid ? c.instant : nil } }
package struct ImportReader { package init() {}
    package func read(path: String, each: (ImportedItem) throws -> Void) throws {
        for (i, line) in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").enumerated() {
            guard let r = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { continue }
            var p = Post(platform: .youtube, platformPostID: r["video_id"] as! String, contentType: .video, url: "https://www.youtube.com/watch?v=\(r["video_id"]!)")
            p.title = r["title"] as? String; p.text = r["description"] as? String; p.hashtags = r["tags"] as? [String] ?? []
            if let c = r["channel_title"] as? String { p.author = Author(platform: .youtube, platformAuthorID: c, name: c) }
            p.publishedAt = (r["publish_time"] as? String).flatMap(Timestamp.iso)
            func n(_ k: String) -> Int64? { (r[k] as? NSNumber)?.int64Value }
            try each(ImportedItem(place: "line \(i + 1)", byteOffset: 0, adapted: .sighting(Sighting(post: p, counts: Counts(views: n("views"), likes: n("likes"), comments: n("comment_count")), observedAt: (r["observed_at"] as? String).flatMap(Timestamp.iso)))))
        } } }
