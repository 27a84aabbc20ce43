import Core
import Templates

/// The creator's downloads.
package struct DownloadsPage: AddressedPage {
    package let route = Route.downloads
    let frame: SitePageFrame
    let empty: EmptyState?

    package init(frame: SitePageFrame) {
        self.frame = frame.showing("Downloads", at: route)
        empty = EmptyState(
            frame.assets.icon("downloads"),
            "Videos, sound and pictures that you download from a trend will stand here, with their size and progress. "
                + "Downloading is not part of this version yet.",
            action: "Go to the trends", .trends(page: 1))
    }

    package static var fields: Fields<DownloadsPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.optional("empty") { $0.empty }
        }
    }
}
