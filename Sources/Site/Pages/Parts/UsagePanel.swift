import Core
import Templates

/// What is used of the plan in its period.
struct UsagePanel: Templated {
    let planName: String
    let limits: [NamedValue]
    let renewal: Moment

    init(_ report: UsageReport) {
        planName = report.plan.name
        let counted = zip(PlanLimit.allCases, PlanWords.limits(of: report.plan, used: report.tally))
        limits = counted.filter { $0.0.isPerPeriod }.map(\.1)
        renewal = Moment(report.tally.period.end)
    }

    static var fields: Fields<UsagePanel> {
        Fields {
            Field.text("planName") { $0.planName }
            Field.list("limits") { $0.limits }
            Field.one("renewal") { $0.renewal }
        }
    }
}
