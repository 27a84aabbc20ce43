import Core
import Foundation
import Synchronization

/// Publishes many sites on a few threads, each site on its own: one that fails does not stop the others.
package struct PublishRun<Files: FileSystem, Rendering: SiteRendering>: Sendable {
    let publisher: SitePublisher<Files, Rendering>
    let threads: Int

    package struct Report: Sendable {
        package var sites = 0
        /// Sites that were behind and are current now.
        package var published = 0
        /// Pages of all the sites that were published.
        package var pages = 0
        package var written = 0
        package var bytesWritten = 0
        package var failures: [(site: UserID, reason: String)] = []
    }

    /// `threads` is 1 or more.
    package init(publisher: SitePublisher<Files, Rendering>, threads: Int) {
        (self.publisher, self.threads) = (publisher, max(1, threads))
    }

    /// Publishes what is behind; with `isDryRun` only counts it. `progress` is called from any thread.
    package func run(
        _ sites: [(user: UserID, version: SiteVersion)], isDryRun: Bool = false,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> Report {
        let next = Atomic<Int>(0)
        let report = Mutex(Report())
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < sites.count else { return }
                publish(sites[index], isDryRun: isDryRun, into: report)
                progress(index + 1)
            }
        }
        return report.withLock { $0 }
    }

    private func publish(
        _ site: (user: UserID, version: SiteVersion), isDryRun: Bool, into report: borrowing Mutex<Report>
    ) {
        let outcome = Result { () throws -> Publication? in
            if try publisher.isCurrent(site.version) { return nil }
            return isDryRun ? nil : try publisher.publish(.user(site.user))
        }
        let isBehind = isDryRun && (try? publisher.isCurrent(site.version)) != true
        report.withLock { report in
            report.sites += 1
            switch outcome {
            case .success(let publication?):
                report.published += 1
                report.pages += publication.manifest.pages.count
                report.written += publication.written
                report.bytesWritten += publication.bytesWritten
            case .success(nil): report.published += isBehind ? 1 : 0
            case .failure(let error): report.failures.append((site.user, "\(error)"))
            }
        }
    }
}
