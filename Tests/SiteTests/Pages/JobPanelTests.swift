import Core
import TestSupport
import Testing

@testable import Site

@Suite("Panel of jobs")
struct JobPanelTests {
    @Test("is not there when there is nothing to tell")
    func empty() {
        #expect(JobPanel([]) == nil)
    }

    @Test(
        "offers an end to what goes on and another try of what failed, and says how each stands",
        arguments: [
            (PageFixture.job(1, .pending), "waiting", true, false),
            (PageFixture.job(1, .processing), "running", true, false),
            (PageFixture.job(1, .processing, isCancelRequested: true), "ending", false, false),
            (PageFixture.job(1, .failed), "failed", false, true),
            (PageFixture.job(1, .completed), "done", false, false),
        ])
    func actions(job: Job, state: String, canEnd: Bool, canRetry: Bool) {
        let line = JobLine(job)

        #expect(line.name == "Scrape watchlist")
        #expect(line.state == state)
        #expect(line.cancel?.text == (canEnd ? "/api/jobs/\(job.id)/cancel" : nil))
        #expect(line.retry?.text == (canRetry ? "/api/jobs/\(job.id)/retry" : nil))
    }

    @Test("shows the reason as text, whatever stands in it")
    func hostile() throws {
        let page = DashboardPage(
            frame: PageFixture.frame(), cards: [], boards: [], jobs: JobPanel([PageFixture.job(2, .failed)]))
        let text = try PageFixture.templates().dashboard.text(page)

        #expect(text.contains("YouTube refuses &lt;this&gt; address."))
        #expect(text.contains(#"<form method="post" action="/api/jobs/"#))
    }
}
