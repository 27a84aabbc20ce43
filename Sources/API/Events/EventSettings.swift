/// How many pages may listen to `/api/events`, and how often a silent stream says that it lives.
package struct EventSettings: Sendable {
    package var perUser = 5
    package var total = 5_000
    package var heartbeat: Duration = .seconds(20)
    /// A client that takes nothing for so long is dropped.
    package var patience: Duration = .seconds(30)
    /// How soon a browser comes back after its stream ended.
    package var retry: Duration = .seconds(3)

    package init() {}

    /// How fine streams are looked after.
    var tick: Duration { min(heartbeat / 2, .seconds(1)) }
}
