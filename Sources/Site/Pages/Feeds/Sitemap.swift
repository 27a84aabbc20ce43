import Core
import Templates

/// The public pages, for search engines.
package struct Sitemap: AddressedPage {
    struct Address: Templated {
        let link: Link

        static var fields: Fields<Address> {
            Fields { Field.link("link") { $0.link } }
        }
    }

    package let route = Route.sitemap
    let addresses: [Address]

    /// `origin` is the public address without a path; `pages` are the help and legal pages.
    package init(origin: String, pages: [ContentPage]) {
        let routes = [Route.landing, .pricing, .helpIndex] + pages.filter { $0.group != .top }.compactMap(\.route)
        addresses = routes.compactMap { Link(origin + $0.path).map(Address.init) }
    }

    package static var fields: Fields<Sitemap> {
        Fields { Field.list("addresses") { $0.addresses } }
    }
}
