{%- extends "nbgrader/manage_submissions.tpl" -%}

{%- block messages -%}
<p>{{ say("lists.submissions") }} <a href="{{ base_url }}/vermarkting/nakijken/opdracht/{{ assignment_id | urlencode }}">{{ say("lists.desk") }}</a></p>
{%- endblock -%}
