import Core
import Foundation
import Scraping
import Testing

@Suite("The time of a post's publication")
struct PublicationTimeTests {
    @Test(
        "is unknown where it is older than the web, whatever the source",
        arguments: [
            ("0001-01-01T00:00:00Z", false), ("1970-01-01T00:00:00Z", false), ("1989-12-31T23:59:59Z", false),
            ("1990-01-01T00:00:00Z", true), ("2006-10-09T18:21:51Z", true),
        ])
    func implausible(text: String, isKnown: Bool) throws {
        let row =
            #"{"video_id":"vid00000001","country":"US","observed_at":"2026-08-13","views":10,"likes":null,"#
            + #""publish_time":"\#(text)"}"#
        let feed = """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry><title>A</title>
            <id>https://blog.example/a</id><link href="https://blog.example/a"/><published>\(text)</published></entry></feed>
            """

        let found = try [Reading.post(row), Reading.post(feed)]

        for sighting in found {
            #expect((sighting.post.publishedAt != nil) == isKnown)
            #expect(sighting.post.publishedAt == (isKnown ? Timestamp.iso(text) : nil))
        }
    }
}
