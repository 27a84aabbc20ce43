import Core
import Testing

@Suite("Outlier")
struct OutlierTests {
    private func outlier(
        of post: PostHistory, author: [PostHistory] = [], cohort: [PostHistory] = []
    ) -> Outlier {
        let peers = ScorePeers(
            author: PeerGroup(author), cohort: PeerGroup(cohort), cohortName: "Tech & tools", noun: "post")
        return Scoring.score(of: post, among: peers).outlier
    }

    private let post = Histories.views([(36, 300)])

    // MARK: Not enough data

    @Test("Numbers that nobody may see are said to be the reason")
    func noNumbers() {
        let outlier = outlier(of: Histories.views([(36, nil)]), author: Histories.peers([1, 2, 3, 4, 5]))
        #expect(outlier.sentence == "Not enough data: this post's views and likes are not public.")
    }

    @Test("A missing publish time is said to be the reason")
    func noAge() {
        let undated = Histories.views([(36, 300)], isDated: false)
        let outlier = outlier(of: undated, author: Histories.peers([1, 2, 3, 4, 5]))
        #expect(
            outlier.sentence == "Not enough data: when this post was published is not known.")
    }

    @Test("A post last seen before it says it was published has no age", arguments: [0, -5] as [Double])
    func notYetBorn(_ hours: Double) {
        let outlier = outlier(of: Histories.views([(hours, 300)]), author: Histories.peers([1, 2, 3, 4, 5]))
        #expect(outlier.sentence == "Not enough data: this post has not been seen since its first hour.")
    }

    @Test("Too few peers are counted, those of the creator and those of the watchlist")
    func tooFew() {
        let author = Histories.peers([1, 2, 3, 4]), cohort = Histories.peers(Array(1...19), prefix: "c")
        #expect(
            outlier(of: post, author: author, cohort: cohort).sentence
                == "Not enough data: too few posts seen at that age "
                + "(4 of 5 by this creator and 19 of 20 in the watchlist).")
    }

    @Test("Peers that had nothing are no measure")
    func zeroMedian() {
        let outlier = outlier(of: post, author: Histories.peers([0, 0, 0, 0, 0]))
        #expect(outlier.sentence == "Not enough data: the others had no views at that age.")
    }

    // MARK: Who is compared with whom

    @Test("Five posts of the author are enough, and then the cohort says nothing")
    func authorFirst() {
        let outlier = outlier(
            of: post, author: Histories.peers([100, 100, 100, 100, 100]),
            cohort: Histories.peers(Array(repeating: 1, count: 50), prefix: "c"))
        #expect(outlier.ratio == 3)
        #expect(outlier.sentence == "3.0x: 300 views at 36 h; median of 5 posts by this creator at that age: 100")
    }

    @Test("With fewer the cohort is asked, and named")
    func cohort() {
        let outlier = outlier(
            of: post, author: Histories.peers([1, 1, 1, 1]),
            cohort: Histories.peers(Array(repeating: 100, count: 20), prefix: "c"))
        #expect(
            outlier.sentence == "3.0x: 300 views at 36 h; median of 20 posts in “Tech & tools” at that age: 100")
    }

    @Test("A post is not its own peer")
    func itself() {
        let cohort = Histories.peers(Array(repeating: 100, count: 19), prefix: "c") + [post]
        #expect(outlier(of: post, cohort: cohort).ratio == nil)
        #expect(outlier(of: post, author: Histories.peers([1, 1, 1, 1]) + [post]).ratio == nil)
    }

    @Test("A peer without a number at that age is no peer, and never counts as zero")
    func unknownPeers() {
        let known = Histories.peers([100, 100, 100, 100])
        let unknown = [Histories.views([(36, nil)], id: "u"), Histories.views([(90, 5), (100, 6)], id: "late")]

        #expect(outlier(of: post, author: known + unknown).ratio == nil)
        #expect(outlier(of: post, author: known + unknown + Histories.peers([100], prefix: "q")).ratio == 3)
    }

    @Test("A post with likes alone is measured by likes, also against posts that have views")
    func likes() {
        let peers = (0..<5).map { index in
            Histories.history([(36, Counts(views: 1_000_000, likes: 20))], id: "p\(index)")
        }
        let outlier = outlier(of: Histories.likes([(36, 60)]), author: peers)
        #expect(outlier.sentence == "3.0x: 60 likes at 36 h; median of 5 posts by this creator at that age: 20")
    }

    @Test("A post with views is never measured by its peers' likes")
    func neverMixed() {
        let peers = (0..<30).map { Histories.likes([(36, 20)], id: "p\($0)") }
        #expect(outlier(of: post, author: peers, cohort: peers).ratio == nil)
    }

    @Test("The age is that of the last sighting that knows the number")
    func ageOfLatestKnown() {
        let history = Histories.views([(36, 300), (72, nil)])
        #expect(outlier(of: history, author: Histories.peers([100, 100, 100, 100, 100])).ratio == 3)
    }

    // MARK: The median

    @Test(
        "The median is the middle value, of an even number the mean of the two in the middle",
        arguments: [
            ([9, 1, 5, 1000, 3], 5), ([1, 2, 3, 5, 8, 1000], 4), ([5, 5, 5, 5, 5], 5), ([0, 0, 2, 1000, 1000], 2),
        ] as [([Int64], Double)])
    func median(_ values: [Int64], _ median: Double) {
        #expect(outlier(of: post, author: Histories.peers(values)).ratio == 300 / median)
    }
}
