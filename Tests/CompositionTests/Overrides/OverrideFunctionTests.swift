import Composition
import Storage
import Testing

/// Sources/Composition/Overrides: functions, casts, ranges and the spelling of values.
@Suite struct OverrideFunctionTests {
  private func value(_ text: String) throws -> String {
    try canonical(try OverrideParser.parse("a=" + text).json["value"] ?? .null)
  }

  @Test(arguments: [
    ("1,x,[2]", "{\"$choice\":{\"list\":[1,\"x\",[2]]}}"), ("choice(a, 'b')", "{\"$choice\":{\"list\":[\"a\",\"b\"]}}"),
    ("choice (1)", "{\"$choice\":{\"list\":[1]}}"), ("'x',1", "{\"$choice\":{\"list\":[{\"$quoted\":\"x\"},1]}}"),
    ("range(3)", "{\"$range\":{\"start\":0,\"step\":1,\"stop\":3}}"),
    ("range(stop=9,start=1)", "{\"$range\":{\"start\":1,\"step\":1,\"stop\":9}}"),
    ("interval(0,1)", "{\"$interval\":{\"end\":1,\"start\":0}}"),
    ("glob([a*,b],exclude='c')", "{\"$glob\":{\"exclude\":[\"c\"],\"include\":[\"a*\",\"b\"]}}"),
    ("tag(t,s,choice(1,2))", "{\"$choice\":{\"list\":[1,2],\"tags\":[\"s\",\"t\"]}}"),
    ("sort(3,1,2,reverse=true)", "{\"$choice\":{\"list\":[3,2,1]}}"), ("sort([b,a])", "[\"a\",\"b\"]"),
    ("sort(range(10,1))", "{\"$range\":{\"start\":2,\"step\":-1,\"stop\":11}}"),
    ("sort(range(1,5),reverse=true)", "{\"$range\":{\"start\":4,\"step\":-1,\"stop\":0}}"),
    ("sort([2,1.5,true])", "[true,1.5,2]"), ("shuffle(x)", "[\"x\"]"),
    ("shuffle(1,2)", "{\"$choice\":{\"list\":[1,2],\"shuffle\":0}}"),
    ("shuffle(choice(1,2),seed=7)", "{\"$choice\":{\"list\":[1,2],\"shuffle\":7}}"),
    ("zip(1,2)", "{\"$choice\":{\"list\":[1,2],\"zip\":\"\"}}"),
    ("zip(range(0,2),group=g)", "{\"$choice\":{\"list\":[0,1],\"zip\":\"g\"}}"),
    ("int(1,2)", "{\"$choice\":{\"list\":[1,2]}}"), ("int(value='1_0')", "10"), ("int(-3.9)", "-3"), ("int(true)", "1"),
    ("float([1,'2'])", "[1,2]"), ("str([1,{a:null_}])", "[\"1\",{\"a\":\"null_\"}]"), ("str(true)", "\"true\""),
    ("bool([null])", "[false]"), ("bool(choice(0,FALSE))", "{\"$choice\":{\"list\":[false,false]}}"),
    ("int(range(1.0,3.0))", "{\"$range\":{\"start\":1,\"step\":1,\"stop\":3}}"),
    ("append(1,[2])", "{\"$append\":[1,[2]]}"), ("[int(2.0),sort([2,1])]", "[2,[1,2]]"),
    ("{TRUE:1,1_000:2,1e3:3}", "{\"1000\":2,\"1000.0\":3,\"true\":1}"),
  ])
  func parse_evaluates(text: String, json: String) throws { #expect(try value(text) == json) }

  @Test(
    arguments: [
      ("foo(1)", 1, "there is no function 'foo'"),
      ("chioce(1)", 1, "there is no function 'chioce' (did you mean 'choice'?)"),
      ("choice()", 1, "choice() is empty"), ("choice(choice(1,2))", nil, nil), ("choice(choice(1))", nil, nil),
      ("choice(null)", 1, "null in choice(…)"), ("[choice(1,2)]", 2, "a choice inside a list"),
      ("1,range(2)", 3, "a range inside a sweep"), ("range(1,2,0)", 1, "the step of range(…) is 0"),
      ("range(a)", 1, "start is a text, not a number"), ("range()", 1, "range(…) misses the argument 'start'"),
      ("range(1,start=2)", 1, "range(…) has two values for 'start'"),
      ("range(1,2,3,4)", 1, "too many arguments of range(…)"),
      ("range(1,end=2)", 1, "range(…) has no argument 'end'"), ("int(x=1)", 1, "int(…) has no argument 'x'"),
      ("range(start=1,2)", 15, "an argument without a name after one with"),
      ("int(abc)", 1, "abc cannot be cast to int"),
      ("str(null)", 1, "null cannot be cast to str"), ("int(inf)", 1, "inf cannot be cast to int"),
      ("sort(1,a)", 1, "a value to sort is a text, not a number"),
      ("sort(['b','a'])", 1, "quoted texts in a list cannot be sorted"),
      ("sort({a:1},2)", 1, "a value to sort is a mapping, not a number"),
      ("sort(sweep=1)", 1, "sweep is an integer, not a choice or a range"),
      ("shuffle(1,null)", 1, "null in shuffle(…)"), ("shuffle(list=1)", 1, "list is an integer, not a list"),
      ("str(range(2))", 1, "numbers of a sweep cannot be cast to str"),
      ("tag(1,choice(1))", 1, "a tag is an integer, not a text"),
      ("tag(x)", 1, "the last argument of tag(…) is a choice"),
      ("zip(range(0,99999))", 1, "range(…) has more than 10000 values"),
      ("choice(1,2", 11, "expected ',' or ')', got the end"),
    ] as [(String, Int?, String?)])
  func parse_refusesCalls(text: String, column: Int?, problem: String?) {
    let got = message { try value(text) }
    // `choice(choice(1,2))` takes the inner one only if that is a plain sweep.
    guard let column, let problem else {
      #expect(got?.contains("a choice inside a choice") == true, "\(got ?? "read")")
      return
    }
    #expect(got?.hasPrefix("Cannot read the override at column \(column + 2): \(problem)") == true, "\(got ?? "read")")
  }

  @Test(
    arguments: [
      ("range(0,10,3.3)", [0, 3.3, 6.6, 9.9]), ("range(0.1,0.5,0.1)", [0.1, 0.2, 0.30000000000000004, 0.4]),
      ("range(1,0,-0.25)", [1, 0.75, 0.5, 0.25]), ("range(0,1e-3,3e-4)", [0, 0.0003, 0.0006, 0.0009]),
      ("range(1e16,10000000000000004.0)", [1e16, 1e16, 10_000_000_000_000_002]),
    ] as [(String, [Double])])
  func elements_addAsPythonsDecimals(text: String, expected: [Double]) throws {
    guard case .range(let sweep)? = try OverrideParser.parse("a=" + text).value else {
      Issue.record("no range")
      return
    }
    let numbers = try sweep.elements().map { element in
      if case .float(let double) = element { double } else { Double.nan }
    }
    #expect(numbers.prefix(expected.count) == expected[...])
  }

  @Test(arguments: [
    ("x y", "x\\ y", "'x y'"), ("'1'", "'1'", "'1'"), ("str(1)", "1", "'1'"), ("str('')", "", "''"),
    ("'a\\'b\\\\'", "'a\\'b\\\\'", "'a\\'b\\\\'"),
    ("\"a'b\"", "\"a'b\"", "\"a'b\""), ("[1,x,{k: 'v w'}]", "[1,x,{k:'v w'}]", "[1,x,{k:'v w'}]"),
    ("1e-5", "1e-05", "1e-05"),
    ("TRUE", "True", "true"), ("C:\\x", "C\\:\\\\x", "'C:\\x'"), ("a/b.c", "a/b.c", "a/b.c"), ("null", "null", "null"),
    ("-x", "-x", "'-x'"), ("str(nan)", "nan", "'nan'"),
  ])
  func text_andSource(typed: String, text: String, source: String) throws {
    guard case .element(let element)? = try OverrideParser.parse("a=" + typed).value else {
      Issue.record("no value")
      return
    }
    #expect(element.text == text && element.source == source, "\(element.text) \(element.source)")
    guard case .element(let again)? = try OverrideParser.parse("a=" + source).value else {
      Issue.record("no value")
      return
    }
    #expect(
      again.node(at: .implied).value.hasSameContent(as: element.node(at: .implied).value) || typed.contains("nan"))
  }

  @Test func requireSingleRun_offersTheWaysOut() throws {
    #expect(
      message { try OverrideParser.parse("a=1,2").requireSingleRun() } == """
        Ambiguous value for argument 'a=1,2'.
        To use it as a list: a=[value1,value2]; as a text: a=\\'value1,value2\\'; to run with each value: add --multirun.
        """)
    #expect(
      message { try OverrideParser.parse("db=glob(*)").requireSingleRun() }
        == "Sweep parameters 'db=glob(*)' requires --multirun. To run with each value, add it; to use a text, quote it."
    )
  }
}
