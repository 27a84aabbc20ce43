import Core
import Foundation
import Scraping
import TestSupport
import Testing

@Suite("Adapters")
struct AdapterTests {
    private func adapt(_ json: String) throws -> [Adapted] {
        var found: [Adapted] = []
        try ImportReader().read(bytes: Array(json.utf8), name: "test") { found.append($0.adapted) }
        return found
    }

    private func sighting(_ json: String) throws -> Sighting {
        guard case .sighting(let sighting)? = try adapt(json).first else {
            throw ValidationError(field: "fixture", rule: "must be a post, not \(try adapt(json))")
        }
        return sighting
    }

    @Test("A YouTube item of Apify becomes a post with its numbers")
    func youtube() throws {
        let seen = try sighting(
            """
            [{"type":"shorts","id":"aB3dE5gH7iJ","title":"Five  desk\\nsetups","viewCount":"48,211","likes":-1,
              "commentsCount":null,"date":"2026-09-06","duration":"00:08:41","channelName":"Desk Notes","channelId":"UCa",
              "numberOfSubscribers":91000,"hashtags":["#desk","#desk"],"fromYTUrl":"x","url":"https://www.youtube.com/x"}]
            """)
        #expect(seen.post.platformPostID == "aB3dE5gH7iJ" && seen.post.title == "Five desk setups")
        #expect(seen.counts == Counts(views: 48_211))
        #expect(seen.post.duration == 521 && seen.post.isShort && seen.post.hashtags == ["desk"])
        #expect(seen.post.publishedAt == CivilTime(year: 2026, month: 9, day: 6).instant)
        #expect(
            seen.post.author
                == Author(platform: .youtube, platformAuthorID: "UCa", name: "Desk Notes", followers: 91000))
    }

    @Test("A TikTok item keeps an id beyond 2^53 and a real zero")
    func tiktok() throws {
        let seen = try sighting(
            """
            [{"id":7500000000000000001,"text":"3 hooks #creator","createTime":1757116800,
              "webVideoUrl":"https://www.tiktok.com/@hook.lab/video/7500000000000000001","diggCount":10400,"shareCount":0,
              "playCount":184000,"hashtags":[{"name":"creator"}],"authorMeta":{"id":"68","name":"hook.lab","nickName":"Hook Lab","fans":51200},
              "musicMeta":{},"videoMeta":{"duration":15}}]
            """)
        #expect(seen.post.platformPostID == "7500000000000000001")
        #expect(seen.counts == Counts(views: 184_000, likes: 10_400, shares: 0, comments: nil))
        #expect(seen.post.author?.name == "Hook Lab" && seen.post.isShort)
    }

    @Test("X's dates are read and reposts skipped")
    func twitter() throws {
        let item = """
            {"type":"tweet","id":"1970000000000000001","url":"https://x.com/ada/status/1970000000000000001",
             "fullText":"A &amp; B","createdAt":"Sat Sep 13 18:06:27 +0000 2025","lang":"und","likeCount":41,"viewCount":5200,
             "isRetweet":false,"author":{"userName":"ada","name":"Ada","id":"9"}}
            """
        let seen = try sighting(item)
        #expect(seen.post.title == "A & B" && seen.post.language == nil)
        #expect(
            seen.post.publishedAt == CivilTime(year: 2025, month: 9, day: 13, hour: 18, minute: 6, second: 27).instant)
        let repost = item.replacing("\"isRetweet\":false", with: "\"isRetweet\":true")
        #expect(try adapt(repost) == [.skipped(reason: "repost of somebody else's post")])
    }

    @Test("Comments among Reddit posts are skipped with that reason")
    func redditComments() throws {
        let found = try adapt(
            """
            [{"dataType":"comment","id":"t1_a"},
             {"dataType":"post","id":"t3_1abcde","url":"https://www.reddit.com/r/x/comments/1abcde/t/","title":"T","upVotes":512,
              "numberOfComments":84,"communityName":"r/x","scrapedAt":"2026-10-01T12:00:00.000Z"}]
            """)
        #expect(found.first == .skipped(reason: "comment, not a post"))
        guard case .sighting(let seen)? = found.last else {
            throw ValidationError(field: "post", rule: "must be there")
        }
        #expect(seen.post.platformPostID == "1abcde" && seen.post.hashtags == ["x"])
        #expect(seen.observedAt == CivilTime(year: 2026, month: 10, day: 1, hour: 12).instant)
    }

    @Test(
        "The JP archive's zeros are unknown, others are zero",
        arguments: [("JP", nil), ("US", 0)] as [(String, Int64?)])
    func zeros(country: String, likes: Int64?) throws {
        let seen = try sighting(
            #"{"video_id":"aB3dE5gH7iJ","country":"\#(country)","observed_at":"2026-08-13","views":5,"likes":0,"comment_count":0}"#
        )
        #expect(seen.counts == Counts(views: 5, likes: likes, comments: likes))
    }

    @Test(
        "What cannot become a post says why",
        arguments: [
            (#"[{"noResults":true}]"#, Adapted.skipped(reason: "the scraper found nothing")),
            (
                #"[{"webVideoUrl":"javascript:alert(1)","id":"1","authorMeta":{}}]"#,
                .rejected(reason: "webVideoUrl is missing")
            ),
            (#"[{"viewCount":1,"channelName":"x"}]"#, .rejected(reason: "id is missing")),
            (#"{"input":"x","errorCode":"PROFILE_PRIVATE"}"#, .rejected(reason: "the scraper reports PROFILE_PRIVATE")),
            (#"{"1":"Film","2":"Autos"}"#, .skipped(reason: "a table of category names, not posts")),
            (#"[{"a":1}]"#, .rejected(reason: "no known kind of post; its keys are a")),
        ])
    func reasons(json: String, expected: Adapted) throws {
        #expect(try adapt(json) == [expected])
    }

    @Test("Invisible and misleading characters go, emoji and scripts stay")
    func hostileText() throws {
        let seen = try sighting(
            #"{"video_id":"aB3dE5gH7iJ","country":"US","observed_at":"2026-08-13","title":"a\#u{202E}b\u0000c\#u{200B}d 👩‍🚀 שלום"}"#
        )
        #expect(seen.post.title == "abcd 👩‍🚀 שלום")
    }

    @Test("RSS becomes posts of the web without markup")
    func rss() throws {
        let seen = try sighting(
            """
            <?xml version="1.0"?><rss><channel><item><title>A &amp;amp; B</title><link>https://example.com/1</link>
            <description><![CDATA[<p>Hi <b>there</b></p><script>x</script>]]></description>
            <pubDate>Wed, 02 Nov 2011 16:30:14 +0100</pubDate><category>Tech</category></item></channel></rss>
            """)
        #expect(seen.post.title == "A & B" && seen.post.hashtags == ["Tech"])
        #expect(seen.post.text?.hasPrefix("Hi there") == true)
        #expect(
            seen.post.publishedAt == CivilTime(year: 2011, month: 11, day: 2, hour: 15, minute: 30, second: 14).instant)
    }

    @Test("A feed that defines entities is refused")
    func entityBomb() throws {
        let found = try adapt(
            "<!DOCTYPE r [<!ENTITY a \"aaaa\">]><rss><channel><item><title>&a;</title></item></channel></rss>")
        guard case .rejected(let reason)? = found.first else {
            throw ValidationError(field: "bomb", rule: "must be refused")
        }
        #expect(reason.contains("entities"))
    }
}
