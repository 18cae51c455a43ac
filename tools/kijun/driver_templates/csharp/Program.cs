// A kijun driver to fill in (.NET 8, System.Text.Json only).
// It speaks JSON-RPC 2.0 over stdin and stdout, one object per line. stdout belongs to the messages; notes go to
// Console.Error. It turns operations of the standard into calls of your product, never sees an expected value and never
// judges. What it does not offer it answers with `unsupported`.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

// settings.base_url of sut.yaml arrives as KIJUN_BASE_URL. Keep passwords in the environment, not in sut.yaml.
var baseUrl = Environment.GetEnvironmentVariable("KIJUN_BASE_URL") ?? "";
var places = new Dictionary<string, object>(); // session → what keeps one scenario apart from the others

// Your part -------------------------------------------------------------------------------------------------------

// Ask the product who it is; kijun asks again later, and the answer must stay the same.
JsonObject Identity() => new()
{
    ["product"] = "製品名", ["vendor"] = "事業者名", ["version"] = "1.0", ["build"] = "1",
};

// Prepare an empty place for one scenario: a tenant, a schema, a reset database.
object OpenPlace(string session, JsonObject profile, string asOf) => session;

// Throw the place away again.
void ClosePlace(object place) { }

// 例の操作: replace this body. Return the fields that the glossary lists under `result`, or throw Refused.
// A fresh place holds nothing, so an empty list is a true answer until something can be registered.
JsonObject ExampleOperation(object place, JsonObject given, string actor, string asOf)
{
    return new JsonObject { ["example_result"] = new JsonArray() };
}

// Operation of the standard → your function. Whatever stands here is offered, tested, and must work.
var operations = new SortedDictionary<string, Func<object, JsonObject, string, string, JsonObject>>
{
    ["example_operation"] = ExampleOperation,
};

// The messages: nothing below needs a change ----------------------------------------------------------------------

string Text(JsonObject record, string name) => record[name]!.GetValue<string>();

JsonObject Hello() => new()
{
    ["identity"] = Identity(),
    ["driver_version"] = "1",
    ["protocol"] = "1",
    ["operations"] = new JsonArray(operations.Keys.Select(key => (JsonNode)JsonValue.Create(key)!).ToArray()),
    ["isolation"] = "tenant",
    ["parallel_sessions"] = 1,
    ["clock_control"] = true,
};

JsonObject Open(JsonObject asked)
{
    var session = Text(asked, "session");
    places[session] = OpenPlace(session, asked["profile"]!.AsObject(), Text(asked, "as_of"));
    return new JsonObject { ["session"] = session, ["state_digest"] = "empty" };
}

JsonObject Call(JsonObject asked)
{
    var operation = Text(asked, "operation");
    if (!operations.TryGetValue(operation, out var perform))
        return new JsonObject { ["unsupported"] = new JsonObject { ["operation"] = operation } };
    try
    {
        var place = places[Text(asked, "session")];
        var result = perform(place, asked["input"]!.AsObject(), Text(asked, "actor"), Text(asked, "as_of"));
        return new JsonObject { ["result"] = result };
    }
    catch (Refused refusal)
    {
        return new JsonObject { ["refused"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message } };
    }
    catch (Exception error) when (error is not Unreachable)
    {
        Console.Error.WriteLine(error);
        var message = $"ドライバーの誤りです: {error.Message}";
        return new JsonObject { ["fault"] = new JsonObject { ["kind"] = "driver", ["message"] = message } };
    }
}

JsonObject Close(JsonObject asked)
{
    var session = Text(asked, "session");
    if (places.Remove(session, out var place)) ClosePlace(place);
    return new JsonObject { ["session"] = session, ["identity"] = Identity() };
}

JsonObject Answer(string method, JsonObject asked) => method switch
{
    "hello" => Hello(),
    "ics" => new JsonObject { ["answers"] = null }, // the product declares nothing itself: statement.yaml speaks
    "open" => Open(asked),
    "call" or "observe" => Call(asked),
    "attach" => new JsonObject { ["attachments"] = new JsonArray() },
    "close" => Close(asked),
    "bye" => new JsonObject { ["identity"] = Identity() },
    _ => throw new ArgumentException($"unknown message {method}"),
};

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { NewLine = "\n", AutoFlush = true };
Console.SetOut(Console.Error); // a stray Console.WriteLine must not break the conversation
var writing = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

while (input.ReadLine() is { } line)
{
    var request = JsonNode.Parse(line)!.AsObject();
    var reply = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone() };
    try
    {
        reply["result"] = Answer(Text(request, "method"), request["params"]!.AsObject());
    }
    catch (Unreachable gone)
    {
        Console.Error.WriteLine($"製品につながりません: {gone.Message}");
        return 1;
    }
    catch (Exception error)
    {
        Console.Error.WriteLine(error);
        reply["error"] = new JsonObject { ["code"] = -32000, ["message"] = error.Message };
    }
    output.WriteLine(reply.ToJsonString(writing));
}
return 0;

/// <summary>The product declines for a business reason; the code is a key under `reasons` of the glossary.</summary>
class Refused(string code, string message) : Exception(message) { public string Code { get; } = code; }

/// <summary>The product is gone: the driver ends, kijun starts it again and begins the scenario anew.</summary>
class Unreachable(string message) : Exception(message);
