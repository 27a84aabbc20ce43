import API
import ArgumentParser
import Content
import Core
import Foundation
import Store

/// What an operator does with accounts.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Adds, lists and changes accounts.",
        subcommands: [Add.self, List.self, Passwd.self, SetPlan.self, Delete.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds an account and prints its password, or takes it from standard input.")

        @Argument(help: "E-mail address.")
        var email: String

        @Option(help: "What people call them.")
        var name: String?

        @Flag(name: .customLong("operator"), help: "Runs this installation.")
        var isOperator = false

        @Flag(help: "Read the password from standard input, one line.")
        var passwordStdin = false

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let email = try EmailAddress(email)
            let name = try PersonName(name ?? "")
            let (password, hash) = try await ChosenPassword.read(fromInput: passwordStdin)
            let house = try await Installation.open(installation.arguments)
            let user = NewUser(email: email.text, name: name.text, password: hash, isOperator: isOperator)
            guard let id = try await house.store.createUser(user, now: Clock.now()) else {
                throw ValidationError(field: "email", rule: "must not belong to an account yet; \(email.text) does")
            }
            Terminal.write("id: \(id)")
            if let password { Terminal.write("password: \(password)") }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists all accounts, oldest first.")

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let house = try await Installation.open(installation.arguments)
            for user in try house.store.users() {
                let role = user.isOperator ? "operator" : "user"
                let fields = [user.id.rawValue, user.email ?? "-", user.planID, role, user.name ?? ""]
                Terminal.write(Terminal.harmless(fields.joined(separator: "  ")))
            }
        }
    }

    struct Passwd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a new password, prints it or takes it from standard input, and ends all sessions.")

        @Argument(help: "Id or e-mail address.")
        var user: String

        @Flag(help: "Read the password from standard input, one line.")
        var passwordStdin = false

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let house = try await Installation.open(installation.arguments)
            let id = try await house.user(user)
            let (password, hash) = try await ChosenPassword.read(fromInput: passwordStdin)
            try await house.store.setPassword(hash, of: id, starting: nil, now: Clock.now())
            if let password { Terminal.write("password: \(password)") }
        }
    }

    struct SetPlan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "plan", abstract: "Puts an account on a plan.")

        @Argument(help: "Id or e-mail address.")
        var user: String

        @Argument(help: "Id of a plan of Content/Plans.")
        var plan: String

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let house = try await Installation.open(installation.arguments)
            let id = try await house.user(user)
            let known = try Library(folder: house.settings.root + "/Content").plans.map(\.id)
            guard known.contains(plan) else {
                throw ValidationError(field: "plan", rule: "must be one of \(known.joined(separator: ", "))")
            }
            let change = try house.store.setPlan(plan, of: id, now: Clock.now())
            _ = try house.publisher.publish(change.site)
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deletes an account with everything in it.")

        @Argument(help: "Id or e-mail address.")
        var user: String

        @Flag(help: "Do it; without this nothing is deleted.")
        var yes = false

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let house = try await Installation.open(installation.arguments)
            let id = try await house.user(user)
            guard yes else {
                throw ValidationError(field: "--yes", rule: "must be given: this deletes \(user) for good")
            }
            // The job goes on if this is interrupted.
            try await house.store.requestDeletion(of: id, now: Clock.now())
            let work = AccountWork(house: house, outside: WayOut(house.settings))
            try await AccountDeletion(house.store, sites: house.upkeep, farewell: work.sayFarewell).run(id)
            Terminal.write("deleted: \(id)")
        }
    }
}

/// A password for somebody's account.
enum ChosenPassword {
    /// A new one, which must be shown, or the line on standard input, which need not.
    static func read(fromInput: Bool) async throws -> (shown: String?, hash: PasswordHash) {
        guard fromInput else {
            let made = DemoPassword.random()
            return (made, try await PasswordHasher().hash(try Password(made)))
        }
        guard let line = readLine(strippingNewline: true) else {
            throw ValidationError(field: "password", rule: "must stand on standard input")
        }
        return (nil, try await PasswordHasher().hash(try Password(line)))
    }
}
