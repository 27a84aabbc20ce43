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

    /// Everything this program can perform.
    private var jobs: [RegisteredJob] {
        let (assets, archive, logger) = (house.assets, house.folder.assets, house.logger)
        let deletion = AccountDeletion(house.store, sites: house.upkeep) { user in
            logger.notice("account deleted", metadata: ["user": "\(user.id)"])
        }
        let tidying = RegisteredJob(TidyAssetsJob.self) { _, _ in
            try await blocking { _ in try AssetFolder.tidy(archive, keeping: assets, now: Clock.now()) }
        }
        return house.store.jobs(deletion: deletion, now: Clock.now) + house.upkeep.jobs + [tidying, usageRelease]
    }

    private var usageRelease: RegisteredJob {
        let quotas = QuotaLedger(house.store, plans: house.plans)
        return RegisteredJob(ReleaseUsage.self) { _, _ in
            let now = Clock.now()
            _ = try await quotas.releaseExpired(now: now)
            _ = try await quotas.archivePeriods(endedBefore: now, now: now)
        }
    }

    private func commonTasks() throws -> [ScheduledTask] {
        [
            ScheduledTask("end-sessions", try CronSchedule("17 * * * *"), EndSessionsJob()),
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
