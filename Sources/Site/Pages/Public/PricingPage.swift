import Core
import Templates

/// What each plan allows and costs, from the same values that the quota rules read.
package struct PricingPage: AddressedPage {
    /// One plan with its sales text.
    struct Offer: Templated {
        let name: String
        let price: String
        let period: String
        let prose: SafeHTML
        let limits: [NamedValue]
        let action: NamedLink?

        static var fields: Fields<Offer> {
            Fields {
                Field.text("name") { $0.name }
                Field.text("price") { $0.price }
                Field.text("period") { $0.period }
                Field.html("prose") { $0.prose }
                Field.list("limits") { $0.limits }
                Field.optional("action") { $0.action }
            }
        }
    }

    package let route = Route.pricing
    let frame: PublicPageFrame
    let heading: String
    let prose: SafeHTML
    let plans: [Offer]

    /// Plans come with their bodies as HTML; `prose` is the page's own Markdown as HTML.
    package init(
        frame: PublicPageFrame, content: ContentPage, prose: SafeHTML, plans: [(plan: Plan, prose: SafeHTML)]
    ) {
        self.frame = frame.showing(content.title, description: content.description)
        (heading, self.prose) = (content.title, prose)
        self.plans = plans.sorted { $0.plan.order < $1.plan.order }.map { plan, prose in
            Offer(
                name: plan.name, price: "$\(Figures.exact(plan.priceUSDPerMonth))",
                period: plan.isFree ? "for as long as you like" : "a month", prose: prose,
                limits: PlanWords.offers(of: plan), action: plan.isFree ? NamedLink("Create an account", .signUp) : nil)
        }
    }

    package static var fields: Fields<PricingPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("heading") { $0.heading }
            Field.html("prose") { $0.prose }
            Field.list("plans") { $0.plans }
        }
    }
}
