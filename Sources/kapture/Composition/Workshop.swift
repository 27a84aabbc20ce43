import API
import Core
import Foundation
import Jobs
import Logging
import ServiceLifecycle
import Site
import Store

/// The jobs and schedules of one installation, and the services that do and keep them.
struct Workshop {
    let house: Installation
    let outside: WayOut
    var mails: (any MailRendering)?
    /// Leaves to other processes what any of them can do.
    var isForFolderOnly = false

    /// In start order.
    func services() throws -> [any Service] {
        let folder = try house.folder.id()
        var settings = WorkerSettings(name: "\(ProcessInfo.processInfo.hostName)-\(getpid())-\(folder.prefix(4))")
        settings.concurrency = house.settings.jobConcurrency
        settings.places[.folder(folder)] = 1
        if isForFolderOnly { settings.onlyQueues = [.folder(folder)] }
        let worker = Worker(
            settings, registry: try JobRegistry(jobs), ports: .init(queue: house.store, waking: house.store),
            now: Clock.now, logger: house.logger)
        let scheduler = Scheduler(
            try folderTasks(folder) + (isForFolderOnly ? [] : try commonTasks()), firing: house.store,
            clock: ContinuousClock(), now: Clock.now, logger: house.logger)
        return [worker, scheduler]
    }

    /// Asks for the end of what the process before this one was cut off from.
    func settle() async throws {
        guard !isForFolderOnly, try await house.store.isUnsettled() else { return }
        _ = try await house.store.enqueue(SettleJob(), JobTerms(uniqueKey: "settle"), now: Clock.now())
    }

    /// Everything this program can perform.
    private var jobs: [RegisteredJob] {
        let (assets, archive) = (house.assets, house.folder.assets)
        let deletion = AccountDeletion(house.store, sites: house.upkeep, farewell: accountWork.sayFarewell)
        let tidying = RegisteredJob(TidyAssetsJob.self) { _, _ in
            try await blocking { _ in try AssetFolder.tidy(archive, keeping: assets, now: Clock.now()) }
        }
        return house.store.jobs(deletion: deletion, now: Clock.now) + house.upkeep.jobs + accountWork.jobs
            + [tidying, usageRelease]
    }

    private var accountWork: AccountWork { AccountWork(house: house, outside: outside, mails: mails) }

    private var usageRelease: RegisteredJob {
        let quotas = QuotaLedger(house.store, plans: house.plans)
        let store = house.store
        return RegisteredJob(ReleaseUsage.self) { _, _ in
            let now = Clock.now()
            try await store.forgetPermits(before: now.adding(seconds: -120))
            _ = try await quotas.releaseExpired(now: now)
            _ = try await quotas.archivePeriods(endedBefore: now, now: now)
        }
    }

    private func commonTasks() throws -> [ScheduledTask] {
        [
            ScheduledTask("end-sessions", try CronSchedule("17 * * * *"), EndSessionsJob()),
            ScheduledTask("settle", try CronSchedule("*/5 * * * *"), SettleJob()),
            ScheduledTask("release-usage", try CronSchedule("*/10 * * * *"), ReleaseUsage()),
        ]
    }

    /// What each data folder needs for itself: another machine cannot do it.
    private func folderTasks(_ folder: String) throws -> [ScheduledTask] {
        let terms = JobTerms(queue: .folder(folder))
        return [
            ScheduledTask("sweep-sites-\(folder)", try CronSchedule("41 * * * *"), SweepSitesJob(), terms),
            ScheduledTask("tidy-assets-\(folder)", try CronSchedule("23 3 * * *"), TidyAssetsJob(), terms),
        ]
    }
}

/// Says every hour that this process uses its epoch, so that no sweep ends it.
struct SiteKeeper: Service {
    let upkeep: SiteUpkeep<DiskFileSystem>
    let logger: Logger

    func run() async throws {
        for await _ in AsyncTimerSequence(every: .seconds(3600)).cancelOnGracefulShutdown() {
            do {
                try upkeep.markUsed()
            } catch {
                logger.error("sites folder not marked as used: \(error)")
            }
        }
    }
}
