import ArgumentParser
import Composition
import Datasets
import Ledger
import Registry
import Runs
import Storage

// What the options of several commands name. Each closure gets the words typed so far, the one being typed last.
extension CompletionKind {
  /// Templates, with their descriptions.
  static var templates: CompletionKind {
    candidates { session, _ in
      let sources = try session.configSources()
      return try TemplateCatalog(sources).names.map { name in
        // Not composed: whoever waits for an answer needs none of the rest.
        let own = try sources.read(TemplateCatalog.config(name)).map { try YAMLReader.read($0.bytes, file: $0.file) }
        return Candidate(name, own?[path: "description"].flatMap { ConfigText.embedded($0.value) } ?? "")
      }
    }
  }

  /// Configs below `configs/<group>/`, as paths.
  static func configs(in group: String) -> CompletionKind {
    candidates { session, _ in
      try session.configSources().list.filter { $0.name.hasPrefix(group + "/") }.map {
        Candidate("configs/\($0.name).yaml", $0.provenance.rawValue)
      }
    }
  }

  /// Every config of the workspace and of the binary, by name.
  static var configNames: CompletionKind {
    candidates { session, words in
      let directory = words.value(of: ["--config-dir", "-cd"])
      let sources = try directory.map(session.configSources(directory:)) ?? session.configSources()
      return sources.list.map { Candidate($0.name, $0.provenance.rawValue) }
    }
  }

  static var presets: CompletionKind {
    candidates { session, _ in
      try session.configSources().list.filter { $0.name.hasPrefix("datasets/") }.map {
        Candidate(String($0.name.dropFirst("datasets/".count)), $0.provenance.rawValue)
      }
    }
  }

  /// Ids of runs, and `latest`.
  static var runs: CompletionKind {
    candidates { session, _ in
      let workspace = try session.workspace()
      let names = try RunCatalog(in: workspace).directories().compactMap { $0.lastComponent?.text }
      let latest = try workspace.kind(of: RunCatalog.latest) == nil ? [] : [RunCatalog.latestName]
      return (names + latest).map { Candidate($0) }
    }
  }

  static var tags: CompletionKind {
    candidates { session, _ in
      try TagLog(in: session.workspace()).current().map { Candidate($0.tag.text, "version \($0.version), \($0.runID)") }
    }
  }

  /// What names a bundle: tags, and digests of what they ever pointed at.
  static var bundles: CompletionKind {
    candidates { session, _ in
      let movements = try TagLog(in: session.workspace()).movements()
      let digests = Set(movements.map { $0.bundleDigest.description }).sorted()
      return try TagLog(in: session.workspace()).current().map { Candidate($0.tag.text, $0.runID) }
        + digests.map { Candidate($0) }
    }
  }

  static var metrics: CompletionKind {
    candidates { _, _ in MetricName.allCases.map { Candidate($0.rawValue) } }
  }

  static var milestones: CompletionKind {
    candidates { session, _ in
      let config = try GatesConfig(session.request(config: GatesConfig.standardName, overrides: []).resolved())
      return config.milestones.map { Candidate($0.id, $0.title) }
    }
  }

  /// Overrides of the configuration that the words before ask for.
  static var overrides: CompletionKind {
    candidates { session, words in
      guard let request = try composition(in: words.dropLast(), session) else { return [] }
      return OverrideCandidates(request).all(for: words.last ?? "")
    }
  }

  /// Settings of that configuration, or overrides of it.
  static var settings: CompletionKind {
    candidates { session, words in
      // The command wants a setting before it tells its configuration: any will do.
      guard let request = try composition(in: words.dropLast() + ["."], session) else { return [] }
      let candidates = OverrideCandidates(request)
      let prefix = words.last ?? ""
      let settings = candidates.settings(below: prefix)
      // Of a setting and an override that changes it, the first is meant more often.
      let known = Set(settings.map(\.text))
      return settings + candidates.all(for: prefix).filter { !known.contains(String($0.text.dropLast())) }
    }
  }

  // MARK: Helpers

  private static func composition(in words: [String], _ session: Session) throws -> CompositionRequest? {
    let command = try CodexCommand.parseAsRoot(words)
    return try (command as? any ComposingVerb)?.request(in: session)
  }

  /// What cannot be found out, such as runs outside a workspace, is not offered; there is nobody to tell.
  private static func candidates(
    _ find: @escaping @Sendable (Session, [String]) throws -> [Candidate]
  ) -> CompletionKind {
    .custom { words, _, _ in
      let session = Session(
        output: .discarding, talk: .discarding, environment: Environment(),
        workspacePath: words.value(of: ["--workspace"]) ?? WorkspaceSearch.upwards() ?? ".")
      return ((try? find(session, words)) ?? []).map(\.line)
    }
  }
}

extension [String] {
  /// What follows the last of `names`, or stands behind it after `=`.
  fileprivate func value(of names: [String]) -> String? {
    for (index, word) in enumerated().reversed() {
      if names.contains(word), index + 1 < count { return self[index + 1] }
      if let name = names.first(where: { word.hasPrefix($0 + "=") }) { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }
}
