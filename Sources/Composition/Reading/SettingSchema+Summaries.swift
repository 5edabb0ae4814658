extension SettingSchema {
  /// Gives settings that have no summary the comment that a config has above them.
  ///
  /// - Parameter package: The dotted path that the config's content goes to.
  public mutating func describe(by comments: ConfigComments, at package: String) {
    describe(by: comments, path: [], below: ConfigPath(package).keys[...])
  }

  private mutating func describe(by comments: ConfigComments, path: [String], below package: ArraySlice<String>) {
    if let key = package.first {
      entries[key]?.describe(by: comments, path: path, below: package.dropFirst())
      return
    }
    summary = summary ?? comments[ConfigPath(keys: path).description]
    for key in entries.keys { entries[key]?.describe(by: comments, path: path + [key], below: []) }
    for index in elements.indices { elements[index].describe(by: comments, path: path + ["0"], below: []) }
  }
}
