//! As much of JSON Schema as the description of the API uses.

use serde_json::Value;

/// What of a value is not as its schema has it, each with its place.
pub fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    look(document, schema, value, "$", &mut faults);
    faults
}

fn look(document: &Value, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        let schema = document
            .pointer(target.trim_start_matches('#'))
            .expect(target);
        look(document, schema, value, place, faults);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        look(document, part, value, place, faults);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(parts) = schema[choice].as_array() {
            let fits = |part: &&Value| self::faults(document, part, value).is_empty();
            if !parts.iter().any(|part| fits(&part)) {
                faults.push(format!("{place} fits none: {value}"));
            }
        }
    }
    let types = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is(name, value)) {
        faults.push(format!("{place} is not {types:?}: {value}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        faults.push(format!("{place} is none of the words: {value}"));
    }
    if let (Some("date-time"), Some(text)) = (schema["format"].as_str(), value.as_str())
        && text.parse::<jiff::Timestamp>().is_err()
    {
        faults.push(format!("{place} is no time: {text}"));
    }
    if let (Some("uri"), Some(text)) = (schema["format"].as_str(), value.as_str())
        && url::Url::parse(text).is_err()
    {
        faults.push(format!("{place} is no address: {text}"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().unwrap()).is_none() {
            faults.push(format!("{place} lacks {name}"));
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(inner) = value.get(name) {
            look(document, schema, inner, &format!("{place}.{name}"), faults);
        }
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (at, inner) in list.iter().enumerate() {
            look(document, items, inner, &format!("{place}[{at}]"), faults);
        }
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}
