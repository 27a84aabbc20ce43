import Templates

/// What a mail is made from.
struct Letter: Templated {
    /// Of the account's owner.
    var name: String?
    /// Where its button leads; absolute.
    var link: Link?
    /// An address that it is about.
    var address: String?
    /// The installation's own address.
    let home: Link

    static var fields: Fields<Letter> {
        Fields {
            Field.optionalText("name") { $0.name }
            Field.optionalLink("link") { $0.link }
            Field.optionalText("address") { $0.address }
            Field.link("home") { $0.home }
        }
    }
}
