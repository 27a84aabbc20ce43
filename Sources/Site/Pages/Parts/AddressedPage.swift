import Core
import Templates

/// A page that is a file: it knows its own address.
package protocol AddressedPage: Templated {
    var route: Route { get }
}
