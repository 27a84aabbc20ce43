extension Store {
    /// The newest schema that this program knows.
    package static var schemaVersion: Int { Migrations.all.last?.version ?? 0 }
}
