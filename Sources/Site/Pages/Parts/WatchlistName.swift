import Core

extension Watchlist {
    /// What pages call it: at most 60 letters on one line, never nothing, so that a link always has words.
    var displayName: String { name.visibleLine(60) ?? "Untitled watchlist" }
}

extension Outlier {
    /// The sentence as cards show it: the watchlist that it may name is shortened, so that a card keeps its size.
    var shownSentence: String {
        guard case .known(let ratio, let basis) = self, case .watchlist(let name) = basis.cohort else {
            return sentence
        }
        let shown = OutlierBasis(
            value: basis.value, measure: basis.measure, ageHours: basis.ageHours, median: basis.median,
            peers: basis.peers, cohort: .watchlist(name.oneLine(24)), noun: basis.noun)
        return Outlier.known(ratio: ratio, shown).sentence
    }
}
