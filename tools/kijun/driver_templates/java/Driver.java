// A kijun driver to fill in: Java 17 or newer, nothing to install or compile (java -Dfile.encoding=UTF-8 Driver.java).
// One JSON-RPC 2.0 object per line on stdin and stdout; notes go to System.err. It turns operations of the standard
// into calls of your product, never sees an expected value and never judges.
import java.io.*;
import java.util.*;
import static java.nio.charset.StandardCharsets.UTF_8;

@SuppressWarnings("unchecked")
public class Driver {
    // settings.base_url of sut.yaml arrives as KIJUN_BASE_URL. Keep passwords in the environment, not in sut.yaml.
    static final String BASE_URL = System.getenv("KIJUN_BASE_URL");
    static final Map<String, Object> PLACES = new HashMap<>(); // session → what keeps one scenario apart from others

    /** An IOException says that the product is gone: the driver ends, and kijun begins the scenario anew. */
    interface Operation {
        Object perform(Object place, Map<String, Object> given, String actor, String asOf) throws Exception;
    }
    /** The product declines for a business reason. The code is a key under `reasons` of the glossary. */
    static class Refused extends Exception {
        final String code;
        Refused(String code, String message) { super(message); this.code = code; }
    }

    // Your part ---------------------------------------------------------------------------------------------------
    /** Ask the product who it is; kijun asks again later, and the answer must stay the same. */
    static Map<String, Object> identity() throws IOException {
        return object("product", "製品名", "vendor", "事業者名", "version", "1.0", "build", "1");
    }
    /** Prepare an empty place for one scenario: a tenant, a schema, a reset database. Look at profile and as_of. */
    static Object openPlace(String session, Map<String, Object> params) throws IOException { return session; }
    /** Throw the place away again. */
    static void closePlace(Object place) throws IOException {}
    /** 例の操作: replace this body. Return the fields that the glossary lists under `result`, or throw Refused.
     *  A fresh place holds nothing, so an empty list is a true answer until something can be registered. */
    static Object exampleOperation(Object place, Map<String, Object> given, String actor, String asOf) {
        return object("example_result", List.of());
    }
    // Operation of the standard → your function. Whatever stands here is offered, tested, and must work.
    static final Map<String, Operation> OPERATIONS = new TreeMap<>();
    static { OPERATIONS.put("example_operation", Driver::exampleOperation); }

    // The messages: nothing below needs a change ------------------------------------------------------------------
    static Object answer(String method, Map<String, Object> params) throws IOException {
        String session = (String) params.get("session");
        if (method.equals("open")) PLACES.put(session, openPlace(session, params));
        if (method.equals("close") && PLACES.containsKey(session)) closePlace(PLACES.remove(session));
        return switch (method) {
            case "hello" -> object("identity", identity(), "driver_version", "1", "protocol", "1", "operations",
                OPERATIONS.keySet(), "isolation", "tenant", "parallel_sessions", 1, "clock_control", true);
            case "ics" -> object("answers", null); // the product declares nothing itself: statement.yaml speaks
            case "open" -> object("session", session, "state_digest", "empty");
            case "call", "observe" -> call((String) params.get("operation"), params);
            case "attach" -> object("attachments", List.of());
            case "close" -> object("session", session, "identity", identity());
            case "bye" -> object("identity", identity());
            default -> throw new IllegalArgumentException("unknown message " + method);
        };
    }

    static Object call(String operation, Map<String, Object> params) throws IOException {
        Operation found = OPERATIONS.get(operation);
        if (found == null) return object("unsupported", object("operation", operation));
        try {
            return object("result", found.perform(PLACES.get(params.get("session")),
                (Map<String, Object>) params.get("input"), (String) params.get("actor"), (String) params.get("as_of")));
        } catch (Refused refusal) {
            return object("refused", object("code", refusal.code, "message", refusal.getMessage()));
        } catch (IOException gone) { throw gone;
        } catch (Exception error) {
            error.printStackTrace();
            return object("fault", object("kind", "driver", "message", "ドライバーの誤りです: " + error));
        }
    }

    public static void main(String[] words) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Map<String, Object> request = (Map<String, Object>) new Json(line).value();
            Map<String, Object> params = (Map<String, Object>) request.get("params");
            Map<String, Object> reply = object("jsonrpc", "2.0", "id", request.get("id"));
            try {
                reply.put("result", answer((String) request.get("method"), params));
            } catch (RuntimeException error) {
                error.printStackTrace();
                reply.put("error", object("code", -32000, "message", error.toString()));
            }
            System.out.write((Json.text(reply) + "\n").getBytes(UTF_8));
            System.out.flush();
        }
    }
    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) made.put((String) pairs[i], pairs[i + 1]);
        return made;
    }
}

/** Java's library has no JSON. This reads what kijun sends, which is always well formed, and writes any value. */
class Json {
    private final String text;
    private int at;
    Json(String text) { this.text = text; }
    private boolean take(char mark) { // skips blanks; takes the mark when it comes next
        while (text.charAt(at) <= ' ') at++;
        return text.charAt(at) == mark && at++ >= 0;
    }
    Object value() {
        if (take('"')) return string();
        if (take('{')) return members(new LinkedHashMap<>());
        if (take('[')) return elements(new ArrayList<>());
        int from = at;
        while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) at++;
        String word = text.substring(from, at);
        if (word.equals("null")) return null;
        if (!word.matches("[-0-9].*")) return Boolean.valueOf(word);
        return word.matches("-?\\d{1,18}") ? (Object) Long.valueOf(word) : new java.math.BigDecimal(word);
    }
    private Object members(Map<String, Object> made) {
        for (; !take('}'); take(',')) made.put((String) value(), take(':') ? value() : null);
        return made;
    }
    private Object elements(List<Object> made) {
        for (; !take(']'); take(',')) made.add(value());
        return made;
    }
    private String string() {
        StringBuilder made = new StringBuilder();
        for (char next = text.charAt(at++); next != '"'; next = text.charAt(at++)) {
            char escaped = next == '\\' ? text.charAt(at++) : 0;
            int known = "bfnrt".indexOf(escaped);
            if (escaped == 'u') made.append((char) Integer.parseInt(text.substring(at, at += 4), 16));
            else made.append(escaped == 0 ? next : known < 0 ? escaped : "\b\f\n\r\t".charAt(known));
        }
        return made.toString();
    }
    static String text(Object value) {
        StringJoiner parts = new StringJoiner(",");
        if (value instanceof Map<?, ?> map) map.forEach((key, one) -> parts.add(text(key) + ":" + text(one)));
        if (value instanceof Collection<?> list) list.forEach(one -> parts.add(text(one)));
        if (value instanceof Map) return "{" + parts + "}";
        if (value instanceof Collection) return "[" + parts + "]";
        if (!(value instanceof CharSequence words)) return String.valueOf(value);
        StringBuilder made = new StringBuilder("\"");
        for (char one : words.toString().toCharArray())
            made.append(one < ' ' || one == '"' || one == '\\' ? String.format("\\u%04x", (int) one) : one);
        return made.append('"').toString();
    }
}
