import Core
import Templates

/// The first page a stranger sees.
package struct LandingPage: AddressedPage {
    package let route = Route.landing
    let frame: PublicPageFrame
    let heading: String
    let prose: SafeHTML
    let example: CardFace

    /// `prose` is the page's Markdown as HTML.
    package init(frame: PublicPageFrame, content: ContentPage, prose: SafeHTML) {
        self.frame = frame.showing(content.title, description: content.description)
        (heading, self.prose) = (content.title, prose)
        example = CardFace(.example, link: Link(path: Route.signUp.path))
    }

    package static var fields: Fields<LandingPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("heading") { $0.heading }
            Field.html("prose") { $0.prose }
            Field.one("example") { $0.example }
        }
    }
}

extension Trend {
    /// Made up, and labelled so where it is shown: a post with four days of history and a known score.
    fileprivate static var example: Trend {
        let start = CivilTime(year: 2026, month: 3, day: 2, hour: 7).instant
        var post = Post(
            platform: .youtube, platformPostID: "example", contentType: .video, url: "https://www.youtube.com/")
        post.title = "I let a vending machine price everything I own"
        post.author = Author(platform: .youtube, platformAuthorID: "example", name: "Example channel")
        post.duration = 522
        let views: [Int64] = [38_000, 96_000, 201_000, 410_000]
        let history = views.enumerated().map { index, views in
            Snapshot(
                observedAt: start.adding(hours: Double(index) * 12),
                counts: Counts(views: views, likes: views * 3 / 40))
        }
        let basis = OutlierBasis(
            value: 410_000, measure: .views, ageHours: 36, median: 50_000, peers: 9, cohort: .author, noun: "video")
        let score = TrendScore(
            velocity: nil, outlier: .known(ratio: 8.2, basis), rising: nil)
        return Trend(
            id: TrendID(rawValue: "example"), post: post, state: .seen, history: history, score: score,
            watchlistIDs: [], addedAt: start)
    }
}
