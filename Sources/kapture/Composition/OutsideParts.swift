import API

/// The services outside of Kapture that it may depend on: what `/health` shows and the doctor tries.
enum OutsideParts {
    static func checks(of settings: Settings) -> [HealthCheck] { [] }
}
